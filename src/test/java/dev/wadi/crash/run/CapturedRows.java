package dev.wadi.crash.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.PostgresServer;
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

/** Holds the rows of a table against what has landed of them, read by DuckDB. */
final class CapturedRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CapturedRows() {}

  /** What is wrong, a line each. */
  static List<String> compare(PostgresServer server, Path lake) throws IOException, SQLException {
    List<String> findings = new ArrayList<>();
    Map<Long, List<String>> landed = landed(lake, findings);
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, body FROM messages")) {
      while (rows.next()) {
        List<String> bodies = landed.getOrDefault(rows.getLong(1), List.of());
        if (bodies.isEmpty()) {
          findings.add("lost: row " + rows.getLong(1));
        } else if (!bodies.get(0).equals(rows.getString(2))) {
          findings.add("misfiled: row " + rows.getLong(1) + " has another body");
        }
      }
    }
    // a row may be read and be streamed too, if it was made while rows were read
    landed.forEach(
        (id, bodies) -> {
          if (bodies.stream().distinct().count() != 1) {
            findings.add("misfiled: row " + id + " has several bodies");
          }
        });
    return findings;
  }

  private static Map<Long, List<String>> landed(Path lake, List<String> findings)
      throws IOException, SQLException {
    Map<Long, List<String>> landed = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    Map<Long, Integer> creates = new HashMap<>();
    for (String file : files(lake)) {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("SELECT _doc FROM read_parquet('" + file + "')")) {
        while (rows.next()) {
          JsonNode row = JSON.readTree(rows.getString(1));
          landed
              .computeIfAbsent(row.at("/after/id").asLong(), id -> new ArrayList<>())
              .add(row.at("/after/body").asText());
          ids.merge(row.get("id").asText(), 1, Integer::sum);
          if (row.get("op").asText().equals("create")) {
            creates.merge(row.at("/after/id").asLong(), 1, Integer::sum);
          }
        }
      }
    }
    ids.forEach(
        (id, times) -> {
          if (times > 1) {
            findings.add("twice: " + id);
          }
        });
    // a row is inserted once: the same insert at two positions would have two ids
    creates.forEach(
        (id, times) -> {
          if (times > 1) {
            findings.add("twice: the insert of row " + id);
          }
        });
    return landed;
  }

  private static List<String> files(Path lake) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> manifests = Files.list(lake.resolve("_wadi/commits"))) {
      for (Path manifest : manifests.toList()) {
        JsonNode commit = JSON.readTree(manifest.toFile());
        if (commit.path("state").asText().equals("COMMITTED")) {
          for (JsonNode file : commit.get("files")) {
            if (file.get("table").asText().equals("events")) {
              files.add(lake.resolve(file.get("key").asText()).toString());
            }
          }
        }
      }
    }
    return files;
  }
}
