package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;

/** An object can't be read, now or ever: it is gone, was replaced, or can't be had. */
final class UnreadableObjectException extends RuntimeException {

  /** There is no such object, or no such version of it. */
  static final String MISSING = "object_missing";

  /** Its key has other content now. */
  static final String REPLACED = "object_replaced";

  /** The store refuses it for a reason that lies in the object. */
  static final String REFUSED = "object_refused";

  private final String reason;

  /**
   * @param reason a code
   * @param message what a person needs to mend it, in one line
   */
  UnreadableObjectException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Flaw flaw() {
    return new Flaw(reason, null, getMessage());
  }
}
