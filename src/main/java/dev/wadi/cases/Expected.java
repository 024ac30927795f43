package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What a case expects.
 *
 * @param tables of each table that is named, its rows; a table that isn't is expected to be empty
 * @param dropped how many events are dropped, by reason
 * @param exact whether a row may have no columns of the payload but those that are expected
 * @param fails a part of what the batch fails with; null: it doesn't fail
 */
public record Expected(
    Map<String, Rows> tables, Map<String, Integer> dropped, boolean exact, String fails) {

  public Expected {
    tables = Map.copyOf(tables);
    dropped = Map.copyOf(dropped);
  }

  /**
   * The rows of a table.
   *
   * @param count how many there are
   * @param rows what they have, in any order; null where only their number is expected
   */
  public record Rows(int count, List<Row> rows) {

    /** None. */
    public static final Rows NONE = new Rows(0, List.of());
  }

  /**
   * A row.
   *
   * @param line where it stands in its file
   * @param columns the values of some of its columns, by name
   */
  public record Row(int line, Map<String, JsonNode> columns) {}

  /** What a table is expected to have. */
  Rows rows(String table) {
    return tables.getOrDefault(table, Rows.NONE);
  }
}
