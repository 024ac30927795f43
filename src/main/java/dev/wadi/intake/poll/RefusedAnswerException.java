package dev.wadi.intake.poll;

/** An answer that is not what was asked for; asked again, it would be the same. */
final class RefusedAnswerException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * @param reason a code to count and select dead letters by
   * @param message what a person needs to mend it, in one line
   */
  RefusedAnswerException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
