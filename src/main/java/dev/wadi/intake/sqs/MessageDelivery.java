package dev.wadi.intake.sqs;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Delivery;
import java.time.Instant;
import java.util.List;

/**
 * A message whose body is one event, or several.
 *
 * @param message as the queue knows it
 * @param sentAt when it was put into the queue
 * @param records at least one, all of one source
 * @param isAlone whether nothing else may be in its batch, since it may end the process
 * @param isolation why it becomes a dead letter unread; null if it doesn't
 */
record MessageDelivery(
    HeldMessage message,
    Instant sentAt,
    List<SourceRecord> records,
    boolean isAlone,
    Isolation isolation)
    implements Delivery {

  /** A message like most. */
  MessageDelivery(HeldMessage message, Instant sentAt, List<SourceRecord> records) {
    this(message, sentAt, records, false, null);
  }

  @Override
  public String id() {
    return message.id();
  }

  /** The messages that brought these. */
  static List<HeldMessage> messages(List<MessageDelivery> deliveries) {
    return deliveries.stream().map(MessageDelivery::message).toList();
  }
}
