package dev.wadi.ops;

/** Asks something that Wadi needs whether it answers. */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Asks; may block, since {@link Health} limits the time and calls it from a thread of its own,
   * one call at a time.
   *
   * @throws Exception for down, with a message that says why
   */
  Result ask() throws Exception;

  /**
   * What came back.
   *
   * @param detail for a person, in one line; never null
   */
  record Result(boolean up, String detail) {}

  /** It answers. */
  static Result up(String detail) {
    return new Result(true, detail);
  }

  /** It does not answer, or not as it should. */
  static Result down(String detail) {
    return new Result(false, detail);
  }
}
