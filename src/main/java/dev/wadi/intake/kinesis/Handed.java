package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import java.time.Instant;
import java.util.List;

/**
 * A batch that was handed over, and the records that it was made of. Not thread-safe: its line
 * guards it.
 */
final class Handed {

  private final Batch batch;
  private final List<ShardRecord> records;
  private boolean ended;
  private Throwable failure;

  Handed(Batch batch, List<ShardRecord> records) {
    this.batch = batch;
    this.records = records;
  }

  Batch batch() {
    return batch;
  }

  List<ShardRecord> records() {
    return records;
  }

  /** The position of its last record. */
  Position to() {
    return records.get(records.size() - 1).position();
  }

  long bytes() {
    return records.stream().mapToLong(ShardRecord::bytes).sum();
  }

  /** When the stream took its first record. */
  Instant arrivedAt() {
    return records.get(0).arrivedAt();
  }

  /**
   * Its exchange has ended.
   *
   * @param with what failed it, or null
   */
  void end(Throwable with) {
    ended = true;
    failure = with;
  }

  boolean hasEnded() {
    return ended;
  }

  /** What failed its exchange; null if nothing did. */
  Throwable failure() {
    return failure;
  }

  /** Whether it has ended, and no commit accounts for it. */
  boolean hasFailed() {
    return ended && !batch.account().isClosed();
  }

  /** Whether a commit accounts for it, which alone counts, however its exchange ended. */
  boolean hasLanded() {
    return ended && batch.account().isClosed();
  }
}
