package dev.wadi.intake.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.wadi.event.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Makes an event of each change that one engine hands over, in its order: the {@code row-change} of
 * docs/postgres.md. What can't be read is a record with a flaw, at the position that it has. For
 * one thread.
 *
 * <p>A change's position is that of its record in the log and its number among the changes of that
 * record. An engine always begins with a whole transaction, so both are the same when it comes
 * again. A row of a snapshot has the position of its content: read again, it is the same row.
 */
final class ChangeReader {

  private static final JsonFactory JSON = new JsonFactory();

  private static final Map<String, String> OPERATIONS =
      Map.of("c", "create", "u", "update", "d", "delete", "r", "read", "t", "truncate");

  private final String slot;
  private final Map<Table, Boolean> tables;
  private final LogSequenceNumber begin;
  private final Map<String, String> left;
  private final RowJson rows;
  private final Clock clock;
  private long lastLsn;
  private int number;

  /** Where a change is: its place in the order of the log, and what tells it from all others. */
  private record Place(LogSequenceNumber lsn, String sequence, String position) {}

  /**
   * @param tables those that are read, and whether the log has their rows as they were before
   * @param from what has landed; the engine begins behind it
   */
  ChangeReader(String slot, Map<Table, Boolean> tables, Landed from, RowJson rows, Clock clock) {
    this.slot = slot;
    this.tables = tables;
    this.begin = from.position();
    this.left = from.left();
    this.rows = rows;
    this.clock = clock;
  }

  /** Whether this is a change of one of the tables, and no message of the engine's own. */
  boolean isChange(SourceRecord record) {
    return record.value() instanceof Struct value
        && value.schema().field("op") != null
        && value.schema().field("source") != null
        && value.getStruct("source").schema().field("table") != null
        && tables.containsKey(table(value));
  }

  /** The event of a change. */
  ChangeDelivery read(SourceRecord record) {
    Struct value = (Struct) record.value();
    Struct source = value.getStruct("source");
    Instant at = Instant.EPOCH.plus(source.getInt64("ts_us"), ChronoUnit.MICROS);
    if (value.getString("op").equals("r")) {
      return snapshotRow(record, value, source, at);
    }
    Place place = place(record, source);
    try {
      return delivery(place.position(), event(record, value, source, place, at), at, null);
    } catch (IOException | RuntimeException e) {
      return flawed(place.position(), record, at, e);
    }
  }

  private ChangeDelivery snapshotRow(SourceRecord record, Struct value, Struct source, Instant at) {
    String sequence = sequence(begin.asLong(), 0, 0);
    String table = table(value).toString();
    // a row of a table that was left for a time may be as it was before, and not as it was last
    String since = left.containsKey(table) ? "@" + left.get(table) : "";
    String position = "read/" + table + since + "/" + ContentHash.of(value.getStruct("after"));
    Place place = new Place(begin, sequence, position);
    try {
      return delivery(position, event(record, value, source, place, at), at, null);
    } catch (IOException | RuntimeException e) {
      return flawed(position, record, at, e);
    }
  }

  private Place place(SourceRecord record, Struct source) {
    long lsn = source.getInt64("lsn");
    number = lsn == lastLsn ? number + 1 : 0;
    lastLsn = lsn;
    LogSequenceNumber committed = Engine.committed(record);
    LogSequenceNumber at = LogSequenceNumber.valueOf(lsn);
    return new Place(
        at,
        sequence((committed == null ? begin : committed).asLong(), lsn, number),
        at.asString() + "#" + number);
  }

  /** Sorts as text in the order in which the engine hands changes over: that of the commits. */
  private static String sequence(long committed, long lsn, int number) {
    return "%016X-%016X-%08d".formatted(committed, lsn, number);
  }

  private byte[] event(SourceRecord record, Struct value, Struct source, Place place, Instant at)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      Table table = table(value);
      String operation = OPERATIONS.getOrDefault(value.getString("op"), value.getString("op"));
      json.writeStartObject();
      json.writeStringField("id", slot + "@" + place.position());
      json.writeStringField(
          "type", typed(table.schema()) + ":" + typed(table.name()) + ":" + operation);
      json.writeStringField("op", operation);
      json.writeStringField("source", PostgresSettings.source(slot));
      json.writeStringField("database", source.getString("db"));
      json.writeStringField("schema", table.schema());
      json.writeStringField("table", table.name());
      json.writeStringField("lsn", place.lsn().asString());
      json.writeStringField("sequence", place.sequence());
      if (source.getInt64("txId") != null) {
        json.writeNumberField("tx_id", source.getInt64("txId"));
      }
      json.writeStringField("committed_at", at.toString());
      rows(json, record, value, table);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void rows(JsonGenerator json, SourceRecord record, Struct value, Table table)
      throws IOException {
    Set<String> keyColumns = null;
    if (record.key() instanceof Struct key) {
      json.writeFieldName("key");
      rows.write(json, key, null);
      keyColumns = key.schema().fields().stream().map(Field::name).collect(Collectors.toSet());
    }
    // by the default identity the log has the key alone, and Debezium fills in what it hasn't
    row(json, "before", value, tables.get(table) ? null : keyColumns);
    List<String> unchanged = row(json, "after", value, null);
    if (!unchanged.isEmpty()) {
      json.writeArrayFieldStart("unchanged");
      for (String column : unchanged) {
        json.writeString(column);
      }
      json.writeEndArray();
    }
  }

  private List<String> row(JsonGenerator json, String name, Struct value, Set<String> columns)
      throws IOException {
    json.writeFieldName(name);
    Struct row = value.schema().field(name) == null ? null : value.getStruct(name);
    if (row == null) {
      json.writeNull();
      return List.of();
    }
    return rows.write(json, row, columns);
  }

  private ChangeDelivery flawed(String position, SourceRecord record, Instant at, Exception e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return delivery(
        position,
        String.valueOf(record.value()).getBytes(StandardCharsets.UTF_8),
        at,
        new Flaw("unreadable_change", null, why.replaceAll("\\s+", " ")));
  }

  private ChangeDelivery delivery(String position, byte[] bytes, Instant at, Flaw flaw) {
    return new ChangeDelivery(
        new dev.wadi.event.SourceRecord(
            PostgresSettings.source(slot), position, position, bytes, clock.instant(), 1, flaw),
        at);
  }

  private static Table table(Struct value) {
    Struct source = value.getStruct("source");
    return new Table(source.getString("schema"), source.getString("table"));
  }

  /** A part of the event's type has letters, digits, {@code _} and {@code -} alone. */
  private static String typed(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
