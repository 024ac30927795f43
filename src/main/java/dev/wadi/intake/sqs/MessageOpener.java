package dev.wadi.intake.sqs;

import dev.wadi.event.Isolation;
import dev.wadi.event.OriginalBytes;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.MessageReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Makes of a delivery what a source holds. Thread-safe. */
final class MessageOpener {

  private final SqsSettings settings;
  private final MessageReader reader;
  private final ReplayReader replays;

  MessageOpener(SqsSettings settings, OriginalBytes store) {
    this.settings = settings;
    this.reader = new MessageReader(settings.source());
    this.replays = new ReplayReader(settings.queue(), store);
  }

  /**
   * Opens a delivery.
   *
   * @throws dev.wadi.event.TransientException if its bytes can't be had now
   */
  MessageDelivery open(Message message, Instant now) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    String count = attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    int attempts = count == null ? 1 : Math.max(1, Integer.parseInt(count));
    String sent = attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    IsolationRules rules = settings.isolation();
    boolean givenUp = rules.isToBeGivenUp(attempts);
    HeldMessage.Receipt receipt =
        new HeldMessage.Receipt(message.receiptHandle(), now, now.plus(settings.visibility()));
    return new MessageDelivery(
        new HeldMessage(message.messageId(), receipt),
        sent == null ? now : Instant.ofEpochMilli(Long.parseLong(sent)),
        records(message, now, attempts, givenUp),
        !givenUp && rules.isToTravelAlone(attempts),
        givenUp ? Isolation.RECEIVED : null);
  }

  private List<SourceRecord> records(Message message, Instant now, int attempts, boolean givenUp) {
    return replays
        .read(message, now, attempts, givenUp)
        .orElseGet(
            () ->
                givenUp
                    ? reader.unread(message.messageId(), message.body(), now, attempts)
                    : reader.read(message.messageId(), message.body(), now, attempts));
  }
}
