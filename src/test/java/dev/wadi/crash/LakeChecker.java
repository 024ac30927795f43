package dev.wadi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Holds the lake's files against what was sent. It reads every Parquet file that lies there by
 * DuckDB, whatever Wadi thinks of it, and shares no code with Wadi.
 */
final class LakeChecker {

  private final Path lake;

  LakeChecker(Path data) {
    this.lake = data.resolve("lake");
  }

  /** One row: an event's id and its original JSON. */
  private record Row(String id, String doc) {}

  /**
   * Asserts the promise over the whole lake.
   *
   * @param resent bodies that were sent again since no answer came to the first try; each may have
   *     arrived once more
   */
  void assertAccountsFor(SendLog sent, List<String> resent) throws SQLException, IOException {
    Map<String, List<String>> landed = byId(rows("events", "event_id", "_doc"));
    Map<String, List<String>> duplicates = byId(rows("duplicates", "event_id", "_doc"));
    Map<String, List<String>> conflicts = byId(rows("conflicts", "event_id", "_doc"));
    Map<String, Integer> resentBodies = new HashMap<>();
    resent.forEach(body -> resentBodies.merge(body, 1, Integer::sum));

    assertThat(landed.keySet())
        .as("every event has landed, and nothing else")
        .containsExactlyInAnyOrderElementsOf(sent.payloadsById().keySet());
    for (Map.Entry<String, List<String>> entry : sent.payloadsById().entrySet()) {
      String id = entry.getKey();
      List<String> bodies = entry.getValue();
      assertThat(landed.get(id)).as("%s has landed once", id).hasSize(1);
      String winner = landed.get(id).get(0);
      assertThat(bodies).as("%s has landed with its payload", id).contains(winner);
      for (String payload : bodies.stream().distinct().toList()) {
        long times = bodies.stream().filter(payload::equals).count();
        int more = resentBodies.getOrDefault(payload, 0);
        List<String> aside =
            (payload.equals(winner) ? duplicates : conflicts).getOrDefault(id, List.of());
        long expected = payload.equals(winner) ? times - 1 : times;
        assertThat(aside.stream().filter(payload::equals).count())
            .as("copies of %s set aside", id)
            .isBetween(expected, expected + more);
      }
    }
    assertThat(rows("dead_letters", "dead_letter_id", "reason"))
        .as("every poison is a dead letter, once")
        .hasSizeBetween(sent.poisons(), sent.poisons() + resent.size())
        .extracting(Row::id)
        .doesNotHaveDuplicates();
    assertThat(open()).as("open intents").isEmpty();
  }

  private List<Path> open() throws IOException {
    Path intents = lake.resolve("_wadi/intents");
    if (!Files.isDirectory(intents)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(intents)) {
      return files.toList();
    }
  }

  private static Map<String, List<String>> byId(List<Row> rows) {
    Map<String, List<String>> byId = new HashMap<>();
    rows.forEach(row -> byId.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row.doc()));
    return byId;
  }

  private List<Row> rows(String table, String id, String doc) throws SQLException, IOException {
    Path folder = lake.resolve(table);
    List<Row> rows = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return rows;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      if (files.noneMatch(file -> file.toString().endsWith(".parquet"))) {
        return rows;
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT "
                    + id
                    + ", "
                    + doc
                    + " FROM read_parquet('"
                    + folder
                    + "/**/*.parquet', union_by_name=true, hive_partitioning=false)")) {
      while (result.next()) {
        rows.add(new Row(result.getString(1), result.getString(2)));
      }
    }
    return rows;
  }
}
