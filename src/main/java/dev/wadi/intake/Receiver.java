package dev.wadi.intake;

import dev.wadi.event.Isolation;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * What every receiving thread of a source does: waits for room, receives, and leaves what is new
 * for the next batch. Thread-safe; the threads share one.
 */
final class Receiver implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final SqsSettings settings;
  private final SqsQueue queue;
  private final MessageReader reader;
  private final Admission admission;
  private final Gathering gathering;
  private final GiveBack giveBack;
  private final SourceStatus status;
  private final ConsecutiveFailures failures;
  private final Clock clock;

  Receiver(
      SqsSettings settings,
      SqsQueue queue,
      Admission admission,
      Gathering gathering,
      GiveBack giveBack,
      SourceStatus status,
      ConsecutiveFailures failures,
      Clock clock) {
    this.settings = settings;
    this.queue = queue;
    this.reader = new MessageReader(settings.source());
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
      delivered.add(open(message, clock.instant()));
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

  private HeldMessage open(Message message, Instant now) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    String count = attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    int attempts = count == null ? 1 : Math.max(1, Integer.parseInt(count));
    String sent = attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    IsolationRules rules = settings.isolation();
    boolean givenUp = rules.isToBeGivenUp(attempts);
    return new HeldMessage(
        message.messageId(),
        sent == null ? now : Instant.ofEpochMilli(Long.parseLong(sent)),
        givenUp
            ? reader.unread(message.messageId(), message.body(), now, attempts)
            : reader.read(message.messageId(), message.body(), now, attempts),
        !givenUp && rules.isToTravelAlone(attempts),
        givenUp ? Isolation.RECEIVED : null,
        new HeldMessage.Receipt(message.receiptHandle(), now, now.plus(settings.visibility())));
  }
}
