package dev.wadi.event;

/** Something outside failed that may work later: the batch is given back and tried again. */
public final class TransientException extends RuntimeException {

  public TransientException(String message, Throwable cause) {
    super(message, cause);
  }
}
