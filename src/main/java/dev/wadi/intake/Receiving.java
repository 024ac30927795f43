package dev.wadi.intake;

import dev.wadi.ops.SourceStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What every receiving thread of a queue does: waits for room and receives, until the source ends.
 * Thread-safe; the threads share one.
 */
public final class Receiving implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

  /** Asks the queue once, and takes what it gives. */
  @FunctionalInterface
  public interface Receive {
    /**
     * @throws SdkException if the queue refuses or doesn't answer
     */
    void receive() throws InterruptedException;
  }

  private final Object queue;
  private final Dispatch<?> dispatch;
  private final SourceStatus status;
  private final Receive receive;

  /**
   * @param queue its text is its name in the log
   */
  public Receiving(Object queue, Dispatch<?> dispatch, SourceStatus status, Receive receive) {
    this.queue = queue;
    this.dispatch = dispatch;
    this.status = status;
    this.receive = receive;
  }

  /** Receives until the source ends; a failure holds it off for a while. */
  @Override
  public void run() {
    try {
      while (dispatch.awaitRoom()) {
        try {
          receive.receive();
        } catch (RuntimeException | Error e) {
          // an error too, such as one for want of memory: a source without receivers stands still
          holdOff(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that receiving failed, and lets all its threads wait for a while. */
  public void holdOff(Throwable failure) {
    if (dispatch.hasEnded()) {
      // a stop may take the queue away while a receive waits there
      LOG.debug("receiving from {} was cut off by the stop", queue, failure);
      return;
    }
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    status.failed(why);
    Duration pause = dispatch.holdOff();
    LOG.warn("receiving from {} failed, it goes on in {} ms: {}", queue, pause.toMillis(), why);
    if (!(failure instanceof SdkException)) {
      LOG.warn("that was no failure of the queue", failure);
    }
  }
}
