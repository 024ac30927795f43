package dev.wadi.intake.file;

/** Records that are lines, by the same rules as {@link LineRange}. */
final class LineScanner implements RecordScanner {

  private boolean inLine;
  private long line = 1;
  private Event event = Event.NONE;

  @Override
  public int scan(byte[] bytes, int from, int to) {
    int at = inLine ? Newline.find(bytes, from, to) : skipBlanks(bytes, from, to);
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

  @Override
  public long line() {
    return line;
  }

  @Override
  public long lineAhead() {
    return line;
  }

  private int skipBlanks(byte[] bytes, int from, int to) {
    int at = Newline.skipBlanks(bytes, from, to);
    for (int i = from; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return at;
  }
}
