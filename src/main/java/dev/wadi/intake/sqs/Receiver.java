package dev.wadi.intake.sqs;

import dev.wadi.event.TransientException;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Receiving;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private final Receiving receiving;
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
    this.receiving = new Receiving(queue, dispatch, status, this::receive);
    this.clock = clock;
  }

  @Override
  public void run() {
    receiving.run();
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
