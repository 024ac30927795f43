package dev.wadi.intake.file;

/** Records that are lines, by the same rules as {@link LineRange}. */
final class LineScanner implements RecordScanner {

  private boolean inLine;
  private Event event = Event.NONE;

  @Override
  public int scan(byte[] bytes, int from, int to) {
    int at = inLine ? Newline.find(bytes, from, to) : Newline.skipBlanks(bytes, from, to);
    if (at == to) {
      event = Event.NONE;
    } else {
      event = inLine ? Event.END : Event.START;
      inLine = !inLine;
    }
    return at;
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public Event finish() {
    return inLine ? Event.END : Event.NONE;
  }

  @Override
  public Break broken() {
    throw new IllegalStateException("lines don't break");
  }
}
