package dev.wadi.land;

import dev.wadi.event.ColumnType;
import dev.wadi.event.Event;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of each table: the columns that Wadi gives them, beside the payload's. */
final class CoreColumns {

  static final String DOC = "_doc";

  /** In the order in which they stand in a file. */
  static final Map<String, ColumnType> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("event_key", ColumnType.TEXT);
    TYPES.put("event_id", ColumnType.TEXT);
    TYPES.put("event_type", ColumnType.TEXT);
    TYPES.put("event_subtype", ColumnType.TEXT);
    TYPES.put("event_source", ColumnType.TEXT);
    TYPES.put("event_time", ColumnType.TIMESTAMP);
    TYPES.put("payload_hash", ColumnType.TEXT);
    TYPES.put("ingested_at", ColumnType.TIMESTAMP);
    TYPES.put("commit_id", ColumnType.TEXT);
    TYPES.put("source_position", ColumnType.TEXT);
  }

  /** The columns of {@code dead_letters}, all of them, so that every file has the same. */
  static final Map<String, ColumnType> OF_DEAD_LETTERS = new LinkedHashMap<>();

  static {
    OF_DEAD_LETTERS.put("dead_letter_id", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("reason", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("rule", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("message", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("stage", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("shape", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("source", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("position", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("attempts", ColumnType.BIGINT);
    OF_DEAD_LETTERS.put("first_seen", ColumnType.TIMESTAMP);
    OF_DEAD_LETTERS.put("bytes_base64", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("bytes_object", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("event_key", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("ingested_at", ColumnType.TIMESTAMP);
    OF_DEAD_LETTERS.put("commit_id", ColumnType.TEXT);
    OF_DEAD_LETTERS.put("source_position", ColumnType.TEXT);
  }

  private CoreColumns() {}

  /** The core values of an event; null values are left out. */
  private static Map<String, Object> of(Event event, String commit, Instant ingestedAt) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("event_key", event.key().hex());
    values.put("event_id", event.id());
    values.put("event_type", event.type());
    putIfThere(values, "event_subtype", event.subtype());
    putIfThere(values, "event_source", event.source());
    values.put("event_time", event.time());
    values.put("payload_hash", HexFormat.of().toHexDigits(event.payloadHash()));
    values.put("ingested_at", ingestedAt);
    values.put("commit_id", commit);
    values.put("source_position", position(event.record()));
    return values;
  }

  /** A row of {@code events}: core, payload, and the original JSON unless a step replaced it. */
  static Map<String, Object> event(Outcome.Candidate candidate, String commit, Instant ingestedAt) {
    Map<String, Object> values = of(candidate.event(), commit, ingestedAt);
    values.putAll(candidate.columns());
    values.putIfAbsent(DOC, candidate.event().record().bytes());
    return values;
  }

  /** A row of {@code dead_letters}. */
  static Map<String, Object> deadLetter(
      Outcome.Candidate candidate, String commit, Instant ingestedAt) {
    Map<String, Object> values = new LinkedHashMap<>(candidate.columns());
    Map<String, Object> core = of(candidate.event(), commit, ingestedAt);
    core.keySet().retainAll(OF_DEAD_LETTERS.keySet());
    values.putAll(core);
    return values;
  }

  /** A row of {@code duplicates}. */
  static Map<String, Object> duplicate(
      Outcome.Duplicate duplicate, String commit, Instant ingestedAt) {
    Map<String, Object> values = of(duplicate.event(), commit, ingestedAt);
    values.put(DOC, document(duplicate.event(), duplicate.changed()));
    return values;
  }

  /** A row of {@code conflicts}. */
  static Map<String, Object> conflict(
      Outcome.Conflict conflict, String commit, Instant ingestedAt) {
    Map<String, Object> values = of(conflict.event(), commit, ingestedAt);
    values.put("landed_payload_hash", HexFormat.of().toHexDigits(conflict.landedPayloadHash()));
    values.put(DOC, document(conflict.event(), conflict.changed()));
    return values;
  }

  private static Object document(Event event, String changed) {
    return changed == null ? event.record().bytes() : changed;
  }

  private static void putIfThere(Map<String, Object> values, String name, Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  /** What the column {@code source_position} has of a record. */
  static String position(SourceRecord record) {
    return record.source() + " " + record.position();
  }
}
