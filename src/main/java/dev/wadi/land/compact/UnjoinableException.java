package dev.wadi.land.compact;

/** Some files can't be joined; they are left as they are, and the others are joined. */
public final class UnjoinableException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnjoinableException(String message, Throwable cause) {
    super(message, cause);
  }
}
