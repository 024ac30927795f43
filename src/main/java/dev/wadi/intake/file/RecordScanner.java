package dev.wadi.intake.file;

/** Finds where records begin and end in content that comes in parts. */
interface RecordScanner {

  /** What a scan has come upon. */
  enum Event {
    /** Nothing: the part is at its end. */
    NONE,
    /** The first byte of a record stands at the answered index. */
    START,
    /** The record ends before the answered index. */
    END,
    /** From the answered index on nothing can be told; {@link #broken} says why. */
    BREAK
  }

  /**
   * Scans {@code bytes[from..to)}, which begins where the last scan has ended, up to the next
   * event.
   *
   * @return where the event is, or {@code to}; the next scan begins there
   */
  int scan(byte[] bytes, int from, int to);

  /** What the last scan has come upon. */
  Event event();

  /** What the end of the content means here: never a start. */
  Event finish();

  /** What is wrong, after a break. */
  Break broken();

  /** The line that the record begins in which has begun last; 0 where lines aren't counted. */
  default long line() {
    return 0;
  }

  /** The line of what comes next, where no record is being read; 0 where lines aren't counted. */
  default long lineAhead() {
    return 0;
  }

  /**
   * Why records can't be told from each other any more.
   *
   * @param reason a code
   * @param message what was expected and isn't there
   */
  record Break(String reason, String message) {}
}
