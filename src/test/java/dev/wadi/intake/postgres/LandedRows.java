package dev.wadi.intake.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a lake's committed files have, read by DuckDB from the manifests that stand. */
final class LandedRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path lake;

  LandedRows(Path lake) {
    this.lake = lake;
  }

  /** The original JSON of every row of a table, in the order of the changes. */
  List<JsonNode> of(String table) throws IOException, SQLException {
    List<JsonNode> rows = new ArrayList<>();
    List<String> files = files(table);
    if (files.isEmpty()) {
      return rows;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT _doc FROM read_parquet(['"
                    + String.join("','", files)
                    + "'], union_by_name=true, hive_partitioning=false)")) {
      while (found.next()) {
        rows.add(JSON.readTree(found.getString(1)));
      }
    }
    rows.sort(Comparator.comparing(row -> row.get("sequence").asText()));
    return rows;
  }

  /** The changes, as {@link Shop} notes them. */
  List<String> changes() throws IOException, SQLException {
    return of("events").stream()
        .filter(row -> !row.get("op").asText().equals("read"))
        .map(LandedRows::text)
        .toList();
  }

  /** The rows that were read before the changes. */
  List<String> reads() throws IOException, SQLException {
    return of("events").stream()
        .filter(row -> row.get("op").asText().equals("read"))
        .map(LandedRows::text)
        .toList();
  }

  /** What the changes make of the rows that were read, one after the other. */
  Map<Integer, String> replayed() throws IOException, SQLException {
    Map<Integer, String> orders = new TreeMap<>();
    for (JsonNode row : of("events")) {
      int id = row.at("/key/id").asInt();
      if (row.get("op").asText().equals("delete")) {
        orders.remove(id);
      } else {
        orders.put(id, row.at("/after/name").asText());
      }
    }
    return orders;
  }

  /** The position that the lake keeps for the slot; null if there is none. */
  String position() throws IOException {
    Path object = lake.resolve("_wadi/offsets/wadi.json");
    return Files.exists(object) ? JSON.readTree(object.toFile()).get("lsn").asText() : null;
  }

  private static String text(JsonNode row) {
    JsonNode name = row.at("/after/name");
    return row.get("op").asText()
        + " "
        + row.at("/key/id").asInt()
        + " "
        + (name.isMissingNode() ? "null" : name.asText());
  }

  private List<String> files(String table) throws IOException {
    List<String> files = new ArrayList<>();
    Path commits = lake.resolve("_wadi/commits");
    if (!Files.isDirectory(commits)) {
      return files;
    }
    try (Stream<Path> manifests = Files.list(commits)) {
      for (Path manifest : manifests.toList()) {
        if (!manifest.toString().endsWith(".json")) {
          continue; // being put
        }
        JsonNode commit = JSON.readTree(manifest.toFile());
        // one that is being written has nothing yet
        if (commit.path("state").asText().equals("COMMITTED")) {
          for (JsonNode file : commit.get("files")) {
            if (file.get("table").asText().equals(table)) {
              files.add(lake.resolve(file.get("key").asText()).toString());
            }
          }
        }
      }
    }
    return files;
  }
}
