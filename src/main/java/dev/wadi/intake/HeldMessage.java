package dev.wadi.intake;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A message that this process has received and not yet deleted or given back. Thread-safe. */
final class HeldMessage {

  /**
   * What the queue wants to hear about a delivery. Of several the newest counts.
   *
   * @param receivedAt when the delivery came; the queue hides it for 12 hours from then at most
   * @param hiddenUntil when the queue shows the message again unless that is extended
   */
  record Receipt(String handle, Instant receivedAt, Instant hiddenUntil) {}

  private final String id;
  private final Instant sentAt;
  private final List<SourceRecord> records;
  private final boolean alone;
  private final Isolation isolation;
  private final AtomicReference<Receipt> receipt;
  private volatile boolean beingDeleted;

  /** A message like most. */
  HeldMessage(String id, Instant sentAt, List<SourceRecord> records, Receipt receipt) {
    this(id, sentAt, records, false, null, receipt);
  }

  /**
   * @param records at least one, all of one source
   * @param alone whether nothing else may be in its batch, since it may end the process
   * @param isolation why it becomes a dead letter unread; null if it doesn't
   */
  HeldMessage(
      String id,
      Instant sentAt,
      List<SourceRecord> records,
      boolean alone,
      Isolation isolation,
      Receipt receipt) {
    this.id = id;
    this.sentAt = sentAt;
    this.records = records;
    this.alone = alone;
    this.isolation = isolation;
    this.receipt = new AtomicReference<>(receipt);
  }

  String id() {
    return id;
  }

  /** When it was put into the queue. */
  Instant sentAt() {
    return sentAt;
  }

  List<SourceRecord> records() {
    return records;
  }

  int size() {
    return records.size();
  }

  /** How many bytes its records have. */
  long bytes() {
    return records.stream().mapToLong(record -> record.bytes().length).sum();
  }

  /** The source that its records are of. */
  String source() {
    return records.get(0).source();
  }

  boolean isAlone() {
    return alone;
  }

  Isolation isolation() {
    return isolation;
  }

  /** Whether both may be in one batch. */
  boolean goesWith(HeldMessage other) {
    return !alone
        && !other.alone
        && source().equals(other.source())
        && Objects.equals(isolation, other.isolation);
  }

  Receipt receipt() {
    return receipt.get();
  }

  /** The queue has delivered it again while it is held. */
  void deliveredAgain(Receipt newer) {
    receipt.set(newer);
  }

  /** The queue is told to delete it. */
  void deleting() {
    beingDeleted = true;
  }

  /** Whether the queue may have deleted it already, though it is still held. */
  boolean isBeingDeleted() {
    return beingDeleted;
  }

  /** The queue hides it until then, unless it was delivered again meanwhile. */
  void hidden(Receipt extended, Instant until) {
    receipt.compareAndSet(extended, new Receipt(extended.handle(), extended.receivedAt(), until));
  }

  /** How much longer SQS would hide it at most; not positive once that has run out. */
  Duration longestExtension(Instant now) {
    return Duration.between(now, receipt.get().receivedAt().plus(SqsSettings.LONGEST_VISIBILITY));
  }
}
