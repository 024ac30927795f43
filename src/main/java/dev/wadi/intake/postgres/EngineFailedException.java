package dev.wadi.intake.postgres;

/** The engine has ended by a failure. The message is the innermost cause's, in one line. */
final class EngineFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  EngineFailedException(Throwable failure) {
    super(innermost(failure), failure);
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
