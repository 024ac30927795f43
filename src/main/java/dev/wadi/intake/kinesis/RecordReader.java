package dev.wadi.intake.kinesis;

import dev.wadi.event.SourceRecord;
import dev.wadi.intake.MessageReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Reads the records of one shard: the data of each is one event, or a JSON array of events. An
 * event's position is {@code shard@sequence}, with {@code .sub} in an aggregate and {@code #index}
 * in an array.
 */
final class RecordReader {

  private final String source;
  private final String shard;
  private final Clock clock;

  RecordReader(String source, String shard, Clock clock) {
    this.source = source;
    this.shard = shard;
    this.clock = clock;
  }

  /** Each record, in their order; never fails for what is in them. */
  List<ShardRecord> read(List<KinesisClientRecord> records) {
    Instant now = clock.instant();
    return records.stream().map(record -> read(record, now)).toList();
  }

  private ShardRecord read(KinesisClientRecord record, Instant now) {
    Position position =
        new Position(
            new BigInteger(record.sequenceNumber()),
            record.subSequenceNumber(),
            record.aggregated());
    ByteBuffer data = record.data().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    String name = shard + "@" + position.text();
    List<byte[]> elements = MessageReader.elementsOf(bytes);
    List<SourceRecord> events = new ArrayList<>();
    for (byte[] element : elements) {
      events.add(new SourceRecord(source, name + "#" + events.size(), element, now, 1));
    }
    if (events.isEmpty()) {
      events.add(new SourceRecord(source, name, bytes, now, 1));
    }
    Instant arrivedAt = record.approximateArrivalTimestamp();
    return new ShardRecord(position, arrivedAt == null ? now : arrivedAt, events, bytes.length);
  }
}
