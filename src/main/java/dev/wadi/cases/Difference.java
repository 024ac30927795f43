package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** One way in which what came is not what was expected. */
public sealed interface Difference {

  /** A table has another number of rows. */
  record Count(String table, int expected, int came) implements Difference {}

  /** No row of a table is like one that is expected. */
  record Missing(String table, Expected.Row row) implements Difference {}

  /** A row of a table is like none that is expected. */
  record Extra(String table, Map<String, JsonNode> row) implements Difference {}

  /**
   * A row is the one that was meant, most likely, and differs.
   *
   * @param row the expected one
   * @param columns at least one
   */
  record Row(String table, Expected.Row row, List<Column> columns) implements Difference {}

  /**
   * A column that differs.
   *
   * @param expected null: nothing was expected of it, and it may not be there
   * @param came null: it is not there
   */
  record Column(String name, JsonNode expected, JsonNode came) {}

  /** Another number of events was dropped for a reason. */
  record Dropped(String reason, int expected, int came) implements Difference {}

  /**
   * A batch has failed, or has not.
   *
   * @param expected a part of what was expected; null: that it doesn't fail
   * @param came null: it has not
   */
  record Failure(String expected, String came) implements Difference {}
}
