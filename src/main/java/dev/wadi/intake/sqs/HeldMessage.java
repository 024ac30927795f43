package dev.wadi.intake.sqs;

import java.time.Duration;
import java.time.Instant;
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
  private final AtomicReference<Receipt> receipt;
  private volatile boolean beingDeleted;

  HeldMessage(String id, Receipt receipt) {
    this.id = id;
    this.receipt = new AtomicReference<>(receipt);
  }

  String id() {
    return id;
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
