package dev.wadi.deadletter;

import dev.wadi.event.Batch;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Rejected records for tests. */
final class Rejections {

  static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.123456Z");

  private Rejections() {}

  static SourceRecord record(String position, byte[] bytes) {
    return new SourceRecord("sqs:events", position, bytes, RECEIVED, 2);
  }

  static SourceRecord record(String position, String text) {
    return record(position, text.getBytes(StandardCharsets.UTF_8));
  }

  static Rejected rejected(SourceRecord record) {
    return new Rejected(
        record, "cdevents", "decode", "missing_field", "context.id", "context.id is missing");
  }

  static Batch batch(SourceRecord... records) {
    return new Batch(records[0].source(), 1, List.of(records), List.of("m1"));
  }
}
