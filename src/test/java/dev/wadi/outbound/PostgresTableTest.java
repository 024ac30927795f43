package dev.wadi.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The raw copy in a real PostgreSQL. */
@Tag("unit")
class PostgresTableTest {

  @TempDir static Path folder;
  private static PostgresServer server;
  private final NotedRefusals refused = new NotedRefusals();

  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    server.execute(
        "DROP TABLE IF EXISTS raw_events",
        "DROP SCHEMA IF EXISTS raw CASCADE",
        "CREATE SCHEMA raw");
  }

  @Test
  void makesTheTableAndInsertsEachRowOnceHoweverOftenItComes() throws SQLException {
    try (PostgresTable table = table("raw_events")) {
      assertThat(insert(table, row("a", "{\"n\": 1}"), row("b", "{}"), row("a", "{}")))
          .isEqualTo(2);
      assertThat(insert(table, row("a", "{\"n\": 2}"), row("c", "{}"))).isEqualTo(1);
    }
    assertThat(column("SELECT key FROM raw_events ORDER BY key")).containsExactly("a", "b", "c");
    assertThat(column("SELECT doc->>'n' FROM raw_events WHERE key = 'a'")).containsExactly("1");
    assertThat(column("SELECT type || ' ' || source FROM raw_events WHERE key = 'a'"))
        .containsExactly("build /test");
    assertThat(column("SELECT time AT TIME ZONE 'UTC' FROM raw_events WHERE key = 'a'"))
        .containsExactly("2026-11-01 12:00:00");
  }

  @Test
  void insertsIntoATableOfAnotherSchema() throws SQLException {
    try (PostgresTable table = table("raw.Events")) {
      insert(table, row("a", "{}"));
    }
    assertThat(column("SELECT key FROM raw.\"Events\"")).containsExactly("a");
  }

  @Test
  void keepsNullsAndTakesTheRowWhereThereIsNoDocument() throws SQLException {
    try (PostgresTable table = table("raw_events")) {
      insert(table, new Row(Map.of("event_key", "a", "reason", "not_json")));
    }
    assertThat(column("SELECT type IS NULL AND time IS NULL FROM raw_events")).containsExactly("t");
    assertThat(column("SELECT doc->>'reason' FROM raw_events")).containsExactly("not_json");
  }

  @Test
  void refusesARowThatJsonbCanNotHoldAndInsertsItsNeighbours() throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      rows.add(row("k" + n, n == 17 ? "{\"text\": \"a\\u0000b\"}" : "{\"n\": " + n + "}"));
    }
    rows.add(row("zero", "{\"text\": \"a\0b\"}"));
    rows.add(row("broken", "{"));
    try (PostgresTable table = table("raw_events")) {
      assertThat(table.insert(rows, NotedRefusals.ORIGIN)).isEqualTo(49);
    }
    assertThat(refused.reasons).containsOnlyKeys("k17", "zero", "broken");
    assertThat(refused.reasons.get("k17")).startsWith("22P05");
    assertThat(column("SELECT count(*) FROM raw_events")).containsExactly("49");
  }

  @Test
  void refusesARowThatBreaksAConstraintOfTheTablesOwner() throws SQLException {
    server.execute(
        "CREATE TABLE raw_events (key text PRIMARY KEY, type text, time timestamptz, source text,"
            + " doc jsonb CHECK (doc ? 'n'))");
    try (PostgresTable table = table("raw_events")) {
      assertThat(insert(table, row("a", "{}"), row("b", "{\"n\": 1}"))).isEqualTo(1);
    }
    assertThat(refused.reasons).containsOnlyKeys("a");
  }

  @Test
  void saysWhatToDoIfItMayNotMakeTheTable() throws SQLException {
    server.execute(
        "DROP ROLE IF EXISTS visitor",
        "CREATE ROLE visitor LOGIN",
        "GRANT USAGE ON SCHEMA raw TO visitor");
    try (PostgresTable table =
        new PostgresTable(
            new PostgresConnection(server.url("postgres"), "visitor", ""), "raw.events", refused)) {
      assertThatThrownBy(() -> insert(table, row("a", "{}")))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("let its owner run CREATE TABLE \"raw\".\"events\" (key text");
      server.execute(
          "CREATE TABLE raw.events (key text PRIMARY KEY, type text, time timestamptz, source text,"
              + " doc jsonb)");
      assertThatThrownBy(() -> insert(table, row("a", "{}")))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining("the right to SELECT and INSERT");
      server.execute("GRANT SELECT, INSERT ON raw.events TO visitor");
      assertThat(insert(table, row("a", "{}"))).isEqualTo(1);
    }
  }

  @Test
  void saysWhatIsWrongWithATableOfOtherColumns() throws SQLException {
    server.execute("CREATE TABLE raw_events (key text)");
    try (PostgresTable table = table("raw_events")) {
      assertThatThrownBy(() -> insert(table, row("a", "{}")))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("it needs the columns key text PRIMARY KEY");
    }
    assertThat(refused.reasons).isEmpty();
  }

  @Test
  void goesOnAfterAnOutage() throws Exception {
    try (PostgresTable table = table("raw_events")) {
      insert(table, row("a", "{}"));
      server.stop();
      try {
        assertThatThrownBy(() -> insert(table, row("b", "{}")))
            .isInstanceOf(TransientException.class)
            .hasMessageContaining("PostgreSQL does not take rows");
      } finally {
        server.resume();
      }
      assertThat(insert(table, row("a", "{}"), row("b", "{}"))).isEqualTo(1);
    }
    assertThat(refused.reasons).isEmpty();
  }

  @Test
  void closesThoughAnInsertIsUnderWay() throws Exception {
    PostgresTable table = table("raw_events");
    insert(table, row("a", "{}"));
    try (Connection other = server.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE raw_events");
      CompletableFuture<Integer> stuck =
          CompletableFuture.supplyAsync(() -> insert(table, row("b", "{}")));
      await().until(() -> column("SELECT pid FROM pg_locks WHERE NOT granted").size() == 1);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(table::close);
      // an insert has a minute to be answered
      await().atMost(Duration.ofSeconds(30)).until(() -> closed.isDone() && stuck.isDone());
      closed.join();
      assertThatThrownBy(stuck::join).hasCauseInstanceOf(TransientException.class);
    }
  }

  private int insert(PostgresTable table, Row... rows) {
    return table.insert(List.of(rows), NotedRefusals.ORIGIN);
  }

  private static Row row(String key, String document) {
    return NotedRefusals.row(key, document);
  }

  private PostgresTable table(String name) {
    return new PostgresTable(
        new PostgresConnection(server.url("postgres"), "postgres", ""), name, refused);
  }

  private static List<String> column(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
