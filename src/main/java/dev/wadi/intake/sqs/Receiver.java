package dev.wadi.intake.sqs;

import dev.wadi.event.TransientException;
import dev.wadi.intake.Dispatch;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What every receiving thread of a source does: waits for room, receives, and leaves what is new
 * for the next batch. Thread-safe; the threads share one.
 */
final class Receiver implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final SqsSettings settings;
  private final SqsQueue queue;
  private final MessageOpener opener;
  private final Admission admission;
  private final Dispatch<MessageDelivery> dispatch;
  private final ShowAgain showAgain;
  private final SourceStatus status;
  private final Clock clock;

  Receiver(
      SqsSettings settings,
      SqsQueue queue,
      MessageOpener opener,
      Admission admission,
      Dispatch<MessageDelivery> dispatch,
      ShowAgain showAgain,
      SourceStatus status,
      Clock clock) {
    this.settings = settings;
    this.queue = queue;
    this.opener = opener;
    this.admission = admission;
    this.dispatch = dispatch;
    this.showAgain = showAgain;
    this.status = status;
    this.clock = clock;
  }

  /** Receives until the source ends; a failure holds it off for a while. */
  @Override
  public void run() {
    try {
      while (dispatch.awaitRoom()) {
        try {
          receive();
        } catch (RuntimeException | Error e) {
          // an error too, such as one for want of memory: a source without receivers stands still
          holdOff(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive() throws InterruptedException {
    List<MessageDelivery> delivered = new ArrayList<>();
    for (Message message : queue.receive(settings.receiveWait(), settings.visibility())) {
      open(message, delivered);
    }
    if (!dispatch.isOpen()) {
      // the source was paused or ended while this thread waited in the queue
      showAgain.in(Duration.ZERO, MessageDelivery.messages(delivered));
      return;
    }
    List<MessageDelivery> left = new ArrayList<>(admission.admit(delivered));
    status.succeeded();
    try {
      while (!left.isEmpty() && dispatch.add(left.get(0))) {
        left.remove(0);
      }
    } finally {
      // the source was paused or ended meanwhile
      dispatch.giveBack(left);
    }
  }

  private void holdOff(Throwable failure) {
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

  /** What of a delivery can't be opened now shows again when its visibility timeout runs out. */
  private void open(Message message, List<MessageDelivery> delivered) {
    try {
      delivered.add(opener.open(message, clock.instant()));
    } catch (TransientException e) {
      status.failed(e.getMessage());
      LOG.warn(
          "message {} of {} can't be opened now: {}", message.messageId(), queue, e.getMessage());
    }
  }
}
