package dev.wadi.intake.kinesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A shard's records that no batch has, in their order. Not thread-safe: the line guards it. */
final class Waiting {

  private final Deque<ShardRecord> records = new ArrayDeque<>();
  private final int maxEvents;
  private final long maxBytes;
  private int events;
  private long bytes;
  private long firstAt;

  /** The arguments bound a batch, and what waits to become one. */
  Waiting(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  void add(ShardRecord record) {
    if (records.isEmpty()) {
      firstAt = System.nanoTime();
    }
    records.addLast(record);
    events += record.size();
    bytes += record.bytes();
  }

  /** Puts records back in front of all others. */
  void putBack(List<ShardRecord> earlier) {
    for (int i = earlier.size() - 1; i >= 0; i--) {
      records.addFirst(earlier.get(i));
      events += earlier.get(i).size();
      bytes += earlier.get(i).bytes();
    }
    // they have waited for long enough
    firstAt = System.nanoTime() - Long.MAX_VALUE / 2;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Whether there is enough for a batch. */
  boolean isFull() {
    return events >= maxEvents || bytes >= maxBytes;
  }

  /** How long the first has waited. */
  long nanos() {
    return System.nanoTime() - firstAt;
  }

  ShardRecord first() {
    return records.peekFirst();
  }

  /**
   * Takes the next batch.
   *
   * @param mostRecords fewer than it could have
   * @return at least one, if there is any
   */
  List<ShardRecord> take(int mostRecords) {
    List<ShardRecord> taken = new ArrayList<>();
    int takenEvents = 0;
    long takenBytes = 0;
    while (!records.isEmpty() && taken.size() < mostRecords) {
      ShardRecord next = records.peekFirst();
      if (!taken.isEmpty()
          && (takenEvents + next.size() > maxEvents || takenBytes + next.bytes() > maxBytes)) {
        break;
      }
      taken.add(records.removeFirst());
      takenEvents += next.size();
      takenBytes += next.bytes();
    }
    events -= takenEvents;
    bytes -= takenBytes;
    if (!isFull()) {
      firstAt = System.nanoTime();
    }
    return taken;
  }

  /** Drops all up to a position. */
  void dropTo(Position last) {
    while (!records.isEmpty() && records.peekFirst().position().compareTo(last) <= 0) {
      ShardRecord dropped = records.removeFirst();
      events -= dropped.size();
      bytes -= dropped.bytes();
    }
  }

  void clear() {
    records.clear();
    events = 0;
    bytes = 0;
  }
}
