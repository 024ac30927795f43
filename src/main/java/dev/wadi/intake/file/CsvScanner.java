package dev.wadi.intake.file;

/**
 * Records that are rows of CSV (RFC 4180). A line feed in quotes doesn't end a row; an empty line
 * is none. A quote within a cell that doesn't begin with one stands for itself.
 */
final class CsvScanner implements RecordScanner {

  private enum State {
    BETWEEN,
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private State state = State.BETWEEN;
  private long line;
  private long rowLine;
  private Event event = Event.NONE;

  /**
   * @param line the number of the line that the content begins in
   */
  CsvScanner(long line) {
    this.line = line;
  }

  @Override
  public int scan(byte[] bytes, int from, int to) {
    event = Event.NONE;
    return state == State.BETWEEN ? scanBetween(bytes, from, to) : scanRow(bytes, from, to);
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public Event finish() {
    return switch (state) {
      case BETWEEN -> Event.NONE;
      case QUOTED -> Event.BREAK;
      case CELL_START, PLAIN, QUOTE_IN_QUOTED -> Event.END;
    };
  }

  @Override
  public Break broken() {
    return new Break(
        CsvRows.BAD_QUOTES,
        "a quote that is opened in the row of line " + rowLine + " isn't closed");
  }

  @Override
  public long line() {
    return rowLine;
  }

  @Override
  public long lineAhead() {
    return line;
  }

  private int scanBetween(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        line++;
      } else if (bytes[i] != '\r') {
        rowLine = line;
        state = State.CELL_START;
        event = Event.START;
        return i;
      }
    }
    return to;
  }

  private int scanRow(byte[] bytes, int from, int to) {
    State now = state;
    int i = from;
    for (; i < to; i++) {
      byte b = bytes[i];
      if (now == State.QUOTED) {
        if (b == '"') {
          now = State.QUOTE_IN_QUOTED;
        } else if (b == '\n') {
          line++;
        }
      } else if (b == '\n') {
        event = Event.END;
        now = State.BETWEEN;
        break;
      } else if (b == ',') {
        now = State.CELL_START;
      } else {
        boolean opens = now == State.CELL_START || now == State.QUOTE_IN_QUOTED;
        now = b == '"' && opens ? State.QUOTED : State.PLAIN;
      }
    }
    state = now;
    return i;
  }
}
