package dev.wadi.intake.postgres;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * A row's values as JSON, by what the engine's {@link EngineProperties} make of PostgreSQL's types:
 * exact numbers and times are texts, {@code json} and {@code jsonb} are JSON, {@code bytea} is
 * base64.
 */
final class RowJson {

  private static final String JSON = "io.debezium.data.Json";
  private static final String BITS = "io.debezium.data.Bits";

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
      bytes(json, schema, bytes);
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      bytes(json, schema, bytes);
    } else if (JSON.equals(schema.name())) {
      json.writeRawValue(value.toString());
    } else {
      simple(json, value);
    }
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

  private static void bytes(JsonGenerator json, Schema schema, byte[] bytes) throws IOException {
    if (BITS.equals(schema.name())) {
      json.writeString(bits(bytes, Integer.parseInt(schema.parameters().get("length"))));
    } else {
      json.writeString(Base64.getEncoder().encodeToString(bytes));
    }
  }

  /** As PostgreSQL writes them; the bytes begin with the last eight. */
  private static String bits(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder();
    for (int bit = Math.min(length, bytes.length * 8) - 1; bit >= 0; bit--) {
      text.append((bytes[bit / 8] >> bit % 8 & 1) == 1 ? '1' : '0');
    }
    return text.toString();
  }
}
