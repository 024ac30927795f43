package dev.wadi.crash.check;

import dev.wadi.crash.load.PayloadHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of Parquet files, read by DuckDB. */
final class LakeTables {

  private final Path copy;

  LakeTables(Path copy) {
    this.copy = copy;
  }

  /**
   * A row of events, duplicates or conflicts.
   *
   * @param key source and id, as in the send log
   * @param hash of the original JSON
   */
  record EventRow(String key, String hash) {}

  /**
   * A row of dead letters.
   *
   * @param hash of the original bytes
   */
  record DeadLetterRow(String id, String reason, String hash) {}

  private interface Reader<T> {
    T row(ResultSet rows) throws SQLException;
  }

  List<EventRow> events(List<String> keys) throws SQLException {
    return rows(
        keys,
        "event_source || '#' || event_id, _doc",
        row -> new EventRow(row.getString(1), PayloadHash.ofJson(row.getString(2))));
  }

  List<DeadLetterRow> deadLetters(List<String> keys) throws SQLException {
    return rows(
        keys,
        "dead_letter_id, reason, bytes_base64",
        row -> new DeadLetterRow(row.getString(1), row.getString(2), hash(row.getString(3))));
  }

  long count(String key) throws SQLException {
    return rows(List.of(key), "count(*)", row -> row.getLong(1)).get(0);
  }

  private static String hash(String base64) {
    byte[] bytes = base64 == null ? "elsewhere".getBytes(StandardCharsets.UTF_8) : decoded(base64);
    return PayloadHash.ofBytes(bytes);
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private <T> List<T> rows(List<String> keys, String columns, Reader<T> reader)
      throws SQLException {
    List<T> read = new ArrayList<>();
    if (keys.isEmpty()) {
      return read;
    }
    String files =
        keys.stream()
            .map(key -> "'" + copy.resolve(key).toString().replace("'", "''") + "'")
            .collect(Collectors.joining(","));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT "
                    + columns
                    + " FROM read_parquet(["
                    + files
                    + "], union_by_name=true, hive_partitioning=false)")) {
      while (rows.next()) {
        read.add(reader.row(rows));
      }
    }
    return read;
  }
}
