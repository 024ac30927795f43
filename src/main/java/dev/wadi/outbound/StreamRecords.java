package dev.wadi.outbound;

import dev.wadi.outbound.Refusals.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes records of rows: the data is the row as a JSON object, the partition key its {@code
 * event_key}. Thread-safe.
 */
public final class StreamRecords {

  /** The most records that one call of Kinesis takes. */
  private static final int CALL_SIZE = 500;

  /** The most bytes that one call takes, with partition keys. */
  private static final int CALL_BYTES = 5 * 1024 * 1024;

  /** The most bytes of a record, unless its stream was told to take more. */
  private static final int RECORD_BYTES = 1024 * 1024;

  private final Refusals refusals;

  public StreamRecords(Refusals refusals) {
    this.refusals = refusals;
  }

  /** A record. */
  record Entry(String key, byte[] data) {

    int bytes() {
      return key.length() + data.length;
    }
  }

  /** Lists of records, each for one call; what is too large is refused. */
  List<List<Entry>> of(List<Row> rows, Origin origin) {
    Calls<Entry> calls = new Calls<>(CALL_SIZE, CALL_BYTES);
    for (Row row : rows) {
      Entry entry = new Entry(row.key(), row.json().getBytes(StandardCharsets.UTF_8));
      int size = entry.bytes();
      if (size > RECORD_BYTES) {
        refusals.refuse(
            origin,
            row.key(),
            "the record has " + size + " bytes, and a stream takes " + RECORD_BYTES);
        continue;
      }
      calls.add(entry, size);
    }
    return calls.all();
  }
}
