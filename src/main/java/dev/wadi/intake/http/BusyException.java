package dev.wadi.intake.http;

/** More comes in than can be written: whoever sent it should try again a little later. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BusyException(String message) {
    super(message);
  }
}
