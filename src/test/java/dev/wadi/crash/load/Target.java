package dev.wadi.crash.load;

/** Where a load is sent to. */
interface Target extends AutoCloseable {

  /** Nobody has said that it has arrived; it may have. */
  final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Finds out what is needed to send. */
  void reach();

  /** Sends a message, and returns when it is known to have arrived. */
  void send(Message message);

  @Override
  void close();
}
