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

  /** How it is. */
  enum State {
    UP,
    /** It works, and somebody must look at it. */
    DEGRADED,
    DOWN
  }

  /**
   * What came back.
   *
   * @param detail for a person, in one line; never null
   */
  record Result(State state, String detail) {
    /** Whether the process is ready for all that this tells. */
    public boolean up() {
      return state != State.DOWN;
    }
  }

  /** It answers. */
  static Result up(String detail) {
    return new Result(State.UP, detail);
  }

  /** It works, and somebody must look at it. */
  static Result degraded(String detail) {
    return new Result(State.DEGRADED, detail);
  }

  /** It does not answer, or not as it should. */
  static Result down(String detail) {
    return new Result(State.DOWN, detail);
  }
}
