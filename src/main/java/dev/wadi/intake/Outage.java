package dev.wadi.intake;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells what is no fault of a batch: something around it is down or set up wrong. Such a batch is
 * held and tried again for as long as it takes; any other failure may be the batch's own.
 */
public final class Outage {

  private Outage() {}

  /**
   * Whether an outage is what failed.
   *
   * @param failure with its causes; null, where a batch ended without an outcome, is none
   */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SdkException
          || cause instanceof TransientException
          || cause instanceof SetupException) {
        return true;
      }
      if (cause == cause.getCause()) {
        return false;
      }
    }
    return false;
  }
}
