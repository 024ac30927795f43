package dev.wadi.bench;

import dev.wadi.event.SetupException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * DuckDB's bare run: the same file into the same partitions, with the payload in columns and the
 * document kept, on all cores. It checks nothing, drops no copy, forces nothing to the disk and
 * knows no commit: it is the machine's speed, not a pipeline.
 */
public final class BareDuckdb {

  /** Before it runs out of memory as Wadi is run. */
  public static final String HELD = "1GB";

  /** From so many lines the structure is learned, which is not counted as work. */
  private static final int SAMPLE = 20_000;

  private static final String STRUCTURE =
      "SELECT json_group_structure(json) FROM"
          + " (SELECT json FROM read_ndjson_objects(%s) LIMIT "
          + SAMPLE
          + ")";

  private static final String COPY =
      """
      COPY (
        SELECT %s,
          split_part(e.context.type, '.', 3) || '.' || split_part(e.context.type, '.', 4)
            AS event_type,
          substr(e.context."timestamp", 1, 10) AS event_date,
          json::VARCHAR AS _doc
        FROM (SELECT json, from_json(json, %s) AS e FROM read_ndjson_objects(%s)))
      TO %s
      (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1,
       PARTITION_BY (event_type, event_date))
      """;

  private BareDuckdb() {}

  /**
   * Copies a file of simulated events.
   *
   * @param out a folder that isn't there yet; what doesn't fit into memory is spilled beside it
   * @param memory DuckDB's limit such as {@code 1GB}, or null for its own, 80 % of the machine's
   * @return the process's report; the work is the COPY alone
   * @throws SetupException if DuckDB gives up, such as for want of memory
   */
  public static SelfReport run(Path file, Path out, String memory) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads=" + Runtime.getRuntime().availableProcessors());
      statement.execute("SET TimeZone='UTC'");
      statement.execute("SET temp_directory=" + text(out + ".spill"));
      if (memory != null) {
        statement.execute("SET memory_limit=" + text(memory));
      }
      BareColumns columns = columns(statement, file);
      String copy =
          COPY.formatted(
              String.join(", ", columns.columns()),
              text(columns.structure()),
              text(file.toString()),
              text(out.toString()));
      SelfReport.Work work = SelfReport.Work.begin();
      return work.end(statement.executeUpdate(copy), Map.of());
    } catch (SQLException e) {
      throw new SetupException(e.getMessage().lines().findFirst().orElse("DuckDB failed"), e);
    }
  }

  private static BareColumns columns(Statement statement, Path file) throws SQLException {
    try (ResultSet found = statement.executeQuery(STRUCTURE.formatted(text(file.toString())))) {
      found.next();
      return BareColumns.of(found.getString(1));
    }
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
