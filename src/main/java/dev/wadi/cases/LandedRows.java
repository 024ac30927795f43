package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Tables;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lake has, as {@code wadi query} would show it. */
public final class LandedRows {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LandedRows() {}

  /** All rows of a table, with all of its columns, as JSON. */
  public static List<Map<String, JsonNode>> of(LakeFolder lake, String table) {
    String sql = "SELECT * FROM " + table + " ORDER BY source_position";
    try (Tables tables = Tables.open(lake, sql);
        ResultSet rows = tables.query()) {
      List<Map<String, JsonNode>> all = new ArrayList<>();
      while (rows.next()) {
        Map<String, JsonNode> row = new LinkedHashMap<>();
        for (int n = 1; n <= rows.getMetaData().getColumnCount(); n++) {
          row.put(rows.getMetaData().getColumnName(n), json(rows.getObject(n)));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException("the lake that a case has made can't be read", e);
    }
  }

  /** A value of a row as JSON: a time as its text in UTC. */
  public static JsonNode json(Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Double || value instanceof Float) {
      return JSON.numberNode(((Number) value).doubleValue());
    }
    if (value instanceof BigDecimal decimal) {
      return JSON.numberNode(decimal);
    }
    if (value instanceof BigInteger integer) {
      return JSON.numberNode(integer);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(number.longValue());
    }
    if (value instanceof OffsetDateTime time) {
      return JSON.textNode(time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString());
    }
    if (value instanceof Timestamp time) {
      return JSON.textNode(time.toInstant().toString());
    }
    if (value instanceof Instant time) {
      return JSON.textNode(time.toString());
    }
    return JSON.textNode(value.toString());
  }
}
