package dev.wadi.deduplicate;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Keys, records and batches to test with. */
final class Keys {

  private Keys() {}

  static EventKey key(int i) {
    return EventKey.of("test", Integer.toString(i));
  }

  static List<LandedKey> landed(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new LandedKey(key(i), i)).toList();
  }

  /** Commit ids that rise with the number. */
  static String commit(int i) {
    return String.format("01KAJ0%020d", i);
  }

  static Batch batch(int sequence, int size) {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      records.add(new SourceRecord("test", sequence + "#" + i, new byte[0], Instant.EPOCH, 1));
    }
    return new Batch("test", sequence, records, List.of());
  }

  static Event event(SourceRecord record, EventKey key, long payloadHash) {
    return new Event(
        record, "json", key, payloadHash, "id", "type", null, null, Instant.EPOCH, Map.of(), null);
  }
}
