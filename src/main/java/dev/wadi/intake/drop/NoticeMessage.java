package dev.wadi.intake.drop;

import dev.wadi.intake.sqs.HeldQueue;

/** A message that is held until all errands that it asks for are over. Thread-safe. */
final class NoticeMessage {

  private final HeldQueue.Received received;
  private int errands;
  private boolean unaccounted;

  /**
   * @param errands how many it asks for, at least one
   */
  NoticeMessage(HeldQueue.Received received, int errands) {
    this.received = received;
    this.errands = errands;
  }

  HeldQueue.Received received() {
    return received;
  }

  /**
   * One of its errands is over.
   *
   * @param accounted whether a commit accounts for all of it
   * @return whether that was the last
   */
  synchronized boolean ended(boolean accounted) {
    unaccounted |= !accounted;
    return --errands == 0;
  }

  /** Whether it may be deleted, once all are over. */
  synchronized boolean isAccounted() {
    return !unaccounted;
  }
}
