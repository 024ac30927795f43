package dev.wadi.intake.file;

/**
 * Records that are the elements of top-level arrays, or top-level values one after the other. Looks
 * at strings and brackets only; whether what is in between is JSON is for the decoder to say.
 */
final class JsonScanner implements RecordScanner {

  private enum State {
    /** Outside of arrays. */
    TOP,
    /** Behind the bracket that opens an array. */
    FIRST,
    /** Behind a comma. */
    NEXT,
    /** Behind an element. */
    BEHIND,
    /** In a number or word. */
    WORD,
    /** In an object, array or string. */
    NESTED
  }

  private State state = State.TOP;
  private boolean inArray;
  private final Nesting nesting = new Nesting();
  private Event event = Event.NONE;
  private Break broken;

  @Override
  public int scan(byte[] bytes, int from, int to) {
    event = Event.NONE;
    return switch (state) {
      case WORD -> scanWord(bytes, from, to);
      case NESTED -> scanNested(bytes, from, to);
      case TOP, FIRST, NEXT, BEHIND -> scanBetween(bytes, from, to);
    };
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public Break broken() {
    return broken;
  }

  // An object that ends too early is handed on where it stands alone, as a line would be.
  @Override
  public Event finish() {
    if (!inArray) {
      return state == State.TOP ? Event.NONE : Event.END;
    }
    return breakOff("the content ends within an array");
  }

  private int scanBetween(byte[] bytes, int from, int to) {
    for (int i = Newline.skipBlanks(bytes, from, to);
        i < to;
        i = Newline.skipBlanks(bytes, i + 1, to)) {
      byte b = bytes[i];
      if (state == State.TOP && b == '[') {
        inArray = true;
        state = State.FIRST;
      } else if (b == ']' && (state == State.FIRST || state == State.BEHIND)) {
        inArray = false;
        state = State.TOP;
      } else if (b == ',' && state == State.BEHIND) {
        state = State.NEXT;
      } else if (state == State.BEHIND || b == ',' || b == ']' || b == '}' || b == ':') {
        breakOff("expected " + expected() + " but found " + shown(b));
        return i;
      } else {
        event = Event.START;
        state = b == '{' || b == '[' || b == '"' ? State.NESTED : State.WORD;
        return i;
      }
    }
    return to;
  }

  private int scanWord(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (Newline.isBlank(b) || b == ',' || b == ']' || b == '}' || b == '{' || b == '[') {
        return end(i);
      }
    }
    return to;
  }

  private int scanNested(byte[] bytes, int from, int to) {
    int at = nesting.scan(bytes, from, to);
    if (nesting.isBroken()) {
      breakOff("a bracket is closed by " + shown(bytes[at]));
      return at;
    }
    return nesting.isClosed() ? end(at) : at;
  }

  private int end(int at) {
    event = Event.END;
    state = inArray ? State.BEHIND : State.TOP;
    return at;
  }

  private Event breakOff(String message) {
    broken = new Break(inArray ? "broken_array" : "not_json", message);
    event = Event.BREAK;
    return event;
  }

  private String expected() {
    return switch (state) {
      case FIRST -> "a value or ]";
      case BEHIND -> ", or ]";
      default -> "a value";
    };
  }

  private static String shown(byte b) {
    return b > ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("byte 0x%02X", b);
  }
}
