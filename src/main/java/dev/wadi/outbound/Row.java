package dev.wadi.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A row of the lake.
 *
 * @param columns its values by name, without those that are null
 */
record Row(Map<?, ?> columns) {

  private static final ObjectWriter JSON = new ObjectMapper().writer();
  private static final ObjectWriter ASCII = JSON.with(JsonWriteFeature.ESCAPE_NON_ASCII);

  Row {
    if (!(columns.get("event_key") instanceof String)) {
      throw new IllegalArgumentException("a row without event_key can't be handed on: " + columns);
    }
  }

  /** What tells it from every other row of its table's events. */
  String key() {
    return text("event_key");
  }

  /** A column as text; null if it has none. */
  String text(String column) {
    Object value = columns.get(column);
    return value == null ? null : value.toString();
  }

  /** All of it as a JSON object, of characters that every service takes. */
  String json() {
    try {
      String json = JSON.writeValueAsString(columns);
      return isPlain(json) ? json : ASCII.writeValueAsString(columns);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a text has only characters that XML 1.0 can have, which is what SQS takes. */
  static boolean isPlain(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c >= 0x20 && c <= 0xD7FF
                    || c >= 0xE000 && c <= 0xFFFD
                    || c >= 0x10000
                    || c == '\t'
                    || c == '\n'
                    || c == '\r');
  }
}
