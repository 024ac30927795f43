package dev.wadi.intake;

import dev.wadi.event.TransientException;
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
  private final Gathering gathering;
  private final GiveBack giveBack;
  private final SourceStatus status;
  private final ConsecutiveFailures failures;
  private final Clock clock;

  Receiver(
      SqsSettings settings,
      SqsQueue queue,
      MessageOpener opener,
      Admission admission,
      Gathering gathering,
      GiveBack giveBack,
      SourceStatus status,
      ConsecutiveFailures failures,
      Clock clock) {
    this.settings = settings;
    this.queue = queue;
    this.opener = opener;
    this.admission = admission;
    this.gathering = gathering;
    this.giveBack = giveBack;
    this.status = status;
    this.failures = failures;
    this.clock = clock;
  }

  /** Receives until the source ends; a failure holds it off for a while. */
  @Override
  public void run() {
    try {
      while (gathering.awaitRoom()) {
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
    List<HeldMessage> delivered = new ArrayList<>();
    for (Message message : queue.receive(settings.receiveWait(), settings.visibility())) {
      open(message, delivered);
    }
    if (!gathering.isOpen()) {
      // the source was paused or ended while this thread waited in the queue
      giveBack.unreceived(delivered, Duration.ZERO);
      return;
    }
    List<HeldMessage> left = new ArrayList<>(admission.admit(delivered));
    status.succeeded();
    failures.succeeded();
    try {
      while (!left.isEmpty() && gathering.add(left.get(0))) {
        left.remove(0);
      }
    } finally {
      // the source was paused or ended meanwhile
      giveBack.received(left, Duration.ZERO);
    }
  }

  private void holdOff(Throwable failure) {
    if (gathering.hasEnded()) {
      // a stop may take the queue away while a receive waits there
      LOG.debug("receiving from {} was cut off by the stop", queue, failure);
      return;
    }
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    status.failed(why);
    Duration pause = gathering.holdOff(failures);
    LOG.warn("receiving from {} failed, it goes on in {} ms: {}", queue, pause.toMillis(), why);
    if (!(failure instanceof SdkException)) {
      LOG.warn("that was no failure of the queue", failure);
    }
  }

  /** What of a delivery can't be opened now shows again when its visibility timeout runs out. */
  private void open(Message message, List<HeldMessage> delivered) {
    try {
      delivered.add(opener.open(message, clock.instant()));
    } catch (TransientException e) {
      status.failed(e.getMessage());
      LOG.warn(
          "message {} of {} can't be opened now: {}", message.messageId(), queue, e.getMessage());
    }
  }
}
