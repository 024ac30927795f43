package dev.wadi.intake.kinesis;

import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * What a shard delivers as one: a Kinesis record, or a part of an aggregated one. It lands as a
 * whole.
 *
 * @param arrivedAt when the stream took it
 * @param events at least one; several where its data is a JSON array
 * @param bytes the size of its data
 */
record ShardRecord(Position position, Instant arrivedAt, List<SourceRecord> events, int bytes) {

  int size() {
    return events.size();
  }

  /** The same after an attempt that failed and may have been its own fault. */
  ShardRecord triedAgain() {
    return new ShardRecord(
        position,
        arrivedAt,
        events.stream()
            .map(
                event ->
                    new SourceRecord(
                        event.source(),
                        event.position(),
                        event.bytes(),
                        event.receivedAt(),
                        event.attempts() + 1))
            .toList(),
        bytes);
  }
}
