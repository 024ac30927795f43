package dev.wadi.intake.postgres;

/** The engine has ended by a failure. The message is the innermost cause's, in one line. */
final class EngineFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  EngineFailedException(Throwable failure) {
    super(innermost(failure), failure);
  }

  /**
   * The same, once it has failed again and again.
   *
   * @param at the position behind which it fails
   */
  EngineFailedException(Throwable failure, String at, int times) {
    super(
        "the change behind %s can't be read, %d times in a row: %s; docs/postgres.md says what to do if the server is well"
            .formatted(at, times, failure.getMessage()),
        failure);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage())
        .replaceAll("\\s+", " ");
  }
}
