package dev.wadi.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;

/** One value of a result, in the few Java types that every output format can write. */
public final class Cell {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Cell() {}

  /**
   * The value as null, Boolean, Number, String, List, Map or Jackson tree. Times are ISO 8601, with
   * a {@code Z} where they are instants; bytes are base64.
   *
   * @param column from 1
   */
  public static Object of(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof Timestamp) {
      // Timestamp goes through the machine's time zone, where some local times don't exist
      value = rows.getObject(column, LocalDateTime.class);
    }
    return plain(value);
  }

  /** What of() gave, as one text; lists and maps as JSON. */
  public static String text(Object value) {
    if (value instanceof List || value instanceof Map) {
      try {
        return JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("lists and maps of plain values are JSON", e);
      }
    }
    return value.toString();
  }

  private static Object plain(Object value) throws SQLException {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    } else if (value instanceof OffsetDateTime instant) {
      return instant.toInstant().toString();
    } else if (value instanceof Timestamp local) {
      return plain(local.toLocalDateTime());
    } else if (value instanceof LocalDateTime local) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
    } else if (value instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    } else if (value instanceof Blob bytes) {
      return Base64.getEncoder().encodeToString(bytes.getBytes(1, (int) bytes.length()));
    } else if (value instanceof Array list) {
      return plainList(Arrays.asList((Object[]) list.getArray()));
    } else if (value instanceof DuckDBStruct struct) {
      return plainMap(struct.getMap());
    } else if (value instanceof Struct struct) {
      return plainList(Arrays.asList(struct.getAttributes()));
    } else if (value instanceof Map<?, ?> map) {
      return plainMap(map);
    } else if (value instanceof JsonNode json) {
      return tree(json);
    }
    return value.toString();
  }

  private static List<Object> plainList(List<?> values) throws SQLException {
    List<Object> list = new ArrayList<>(values.size());
    for (Object value : values) {
      list.add(plain(value));
    }
    return list;
  }

  private static Map<String, Object> plainMap(Map<?, ?> values) throws SQLException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      map.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
    }
    return map;
  }

  private static Object tree(JsonNode json) {
    try {
      return JSON.readTree(json.toString());
    } catch (JsonProcessingException e) {
      return json.toString();
    }
  }
}
