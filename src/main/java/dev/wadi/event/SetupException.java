package dev.wadi.event;

/** The operator must mend something before Wadi can go on. The message says what, in one line. */
public class SetupException extends RuntimeException {

  public SetupException(String message) {
    super(message);
  }

  public SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
