package dev.wadi.intake.postgres;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * A row's values as JSON, by what the engine's {@link EngineProperties} make of PostgreSQL's types:
 * exact numbers and times are texts, {@code json} and {@code jsonb} are JSON, {@code bytea} is
 * base64.
 */
final class RowJson {

  /** The name of a schema whose texts are JSON. */
  static final String JSON = "io.debezium.data.Json";

  private static final String TIMESTAMP = "io.debezium.time.IsoTimestamp";
  private static final Set<String> TIMES =
      Set.of(TIMESTAMP, "io.debezium.time.IsoDate", "io.debezium.time.IsoTime");

  /** What Debezium makes of infinity, which is beyond what the server has otherwise. */
  private static final Pattern INFINITY =
      Pattern.compile("\\+(292278994-08-17|294247-01-10T04:00:25\\.2).*|-5877611-06-21.*");

  private static final Pattern MINUS_INFINITY =
      Pattern.compile("-(290308-12-21T19:59:27\\.6|5877611-06-22).*|\\+292269055-12-0[23].*");

  private final Unchanged unchanged;

  /**
   * @param unchanged tells values that the log doesn't have
   */
  RowJson(Unchanged unchanged) {
    this.unchanged = unchanged;
  }

  /**
   * Writes a row as an object, without values that the log doesn't have.
   *
   * @param columns the only columns to write; null for all
   * @return the names of the columns whose values the log doesn't have, since they are stored
   *     outside of the row and the change has left them as they were
   */
  List<String> write(JsonGenerator json, Struct row, Set<String> columns) throws IOException {
    List<String> left = new ArrayList<>();
    json.writeStartObject();
    for (Field field : row.schema().fields()) {
      // not get, which puts a column's default where null is
      Object value = row.getWithoutDefault(field.name());
      if (columns != null && !columns.contains(field.name())) {
        continue;
      }
      if (unchanged.is(value)) {
        left.add(field.name());
      } else {
        json.writeFieldName(field.name());
        value(json, field.schema(), value);
      }
    }
    json.writeEndObject();
    return left;
  }

  private void value(JsonGenerator json, Schema schema, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Struct struct) {
      write(json, struct, null);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, schema.valueSchema(), element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        value(json, schema.valueSchema(), entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof byte[] bytes) {
      json.writeString(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      json.writeString(Base64.getEncoder().encodeToString(bytes));
    } else if (JSON.equals(schema.name())) {
      json.writeRawValue(value.toString());
    } else if (schema.name() != null && TIMES.contains(schema.name())) {
      json.writeString(time(schema.name(), value.toString()));
    } else {
      simple(json, value);
    }
  }

  /** Debezium writes dates and times of no zone with one, and infinity as a far year. */
  private static String time(String type, String value) {
    if (INFINITY.matcher(value).matches()) {
      return "infinity";
    }
    if (MINUS_INFINITY.matcher(value).matches()) {
      return "-infinity";
    }
    return type.equals(TIMESTAMP) ? value : value.replaceFirst("Z$", "");
  }

  private static void simple(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        // a float's own digits: as a double it would have more than it has
        json.writeNumber(value.toString());
      } else {
        json.writeString(value.toString());
      }
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
