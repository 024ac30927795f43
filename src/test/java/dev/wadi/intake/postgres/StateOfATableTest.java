package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The query of docs/postgres.md for the state of a table, as it stands there. */
@Tag("unit")
class StateOfATableTest {

  private static final Pattern QUERY =
      Pattern.compile("```sql\\n(SELECT [^`]*row_number\\(\\)[^`]*)```");

  @Test
  void isWhatTheLastChangesOfEachKeySay() throws Exception {
    assertThat(
            state(
                "('orders', 'read', '1', 1)",
                "('orders', 'read', '1', 2)",
                "('orders', 'read', '1', 3)",
                "('orders', 'update', '2', 1)",
                "('orders', 'delete', '3', 2)",
                "('customers', 'delete', '4', 1)"))
        .containsExactlyInAnyOrder("1 update", "3 read");
  }

  @Test
  void hasNothingThatATruncateTookAway() throws Exception {
    assertThat(
            state(
                "('orders', 'read', '1', 1)",
                "('orders', 'create', '2', 2)",
                "('orders', 'truncate', '3', NULL)",
                "('customers', 'truncate', '9', NULL)",
                "('orders', 'create', '4', 2)"))
        .containsExactly("2 create");
  }

  private static List<String> state(String... rows) throws Exception {
    Matcher query = QUERY.matcher(Files.readString(Path.of("docs/postgres.md")));
    assertThat(query.find()).isTrue();
    List<String> state = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE events AS
          SELECT 'public' AS "schema", t AS "table", op, sequence, id,
            CASE WHEN id IS NULL THEN '{}' ELSE '{"key": {"id": ' || id || '}}' END AS _doc
          FROM (VALUES %s) v(t, op, sequence, id)"""
              .formatted(String.join(", ", rows)));
      read(statement, query.group(1), state);
    }
    return state;
  }

  private static void read(Statement statement, String query, List<String> state)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        state.add(rows.getString("id") + " " + rows.getString("op"));
      }
    }
  }
}
