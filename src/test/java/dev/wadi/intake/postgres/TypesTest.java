package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.process.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What a real server's types become, read and streamed, by both replica identities, in a JVM of
 * another zone than UTC; and that large values, stored outside of their row, that an update has not
 * touched are named and not null.
 */
@Tag("integration")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TypesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static final TimeZone ZONE = TimeZone.getDefault();
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    server = PostgresServer.start(folder.resolve("server"));
  }

  @AfterAll
  static void stop() throws Exception {
    TimeZone.setDefault(ZONE);
    server.close();
  }

  @Test
  void areAsDocumentedReadAndStreamed() throws Exception {
    try (Read read = new Read("small", Types.SMALL, "DEFAULT")) {
      JsonNode row = JSON.readTree(Types.smallJson());
      JsonNode snapshot = read.snapshot().get("after");
      read.stream();
      server.execute(
          "INSERT INTO small SELECT 2, " + Types.names(Types.SMALL) + " FROM small WHERE id = 1");
      assertThat(lines(snapshot)).as("read").containsExactlyElementsOf(lines(row));
      assertThat(lines(read.next().get("after")))
          .as("streamed")
          .containsExactlyElementsOf(lines(((ObjectNode) row).put("id", 2)));
    }
  }

  @Test
  void areNullWhereTheyAreNull() throws Exception {
    try (Read read = new Read("nothing", Types.SMALL, "DEFAULT")) {
      read.snapshot();
      read.stream();
      server.execute("INSERT INTO nothing (id) VALUES (2)");
      JsonNode after = read.next().get("after");
      assertThat(after).hasSize(Types.SMALL.size() + 1);
      after
          .fieldNames()
          .forEachRemaining(
              name -> assertThat(name.equals("id") || after.get(name).isNull()).as(name).isTrue());
    }
  }

  @Test
  void areNamedWhereTheLogDoesNotHaveThem() throws Exception {
    try (Read read = new Read("large", Types.LARGE, "DEFAULT")) {
      JsonNode row = read.snapshot().get("after");
      row.fieldNames()
          .forEachRemaining(name -> assertThat(row.get(name).isNull()).as(name).isFalse());
      read.stream();
      server.execute("UPDATE large SET id = 1 WHERE id = 1", "DELETE FROM large");
      JsonNode update = read.next();
      assertThat(update.get("after").toString()).isEqualTo("{\"id\":1}");
      assertThat(update.get("unchanged"))
          .extracting(JsonNode::asText)
          .containsExactlyElementsOf(Types.LARGE.stream().map(Types.Column::name).toList());
      assertThat(read.next().get("before").toString()).isEqualTo("{\"id\":1}");
    }
  }

  @Test
  void areWholeWhereTheLogHasTheRowAsItWas() throws Exception {
    try (Read read = new Read("whole", Types.LARGE, "FULL")) {
      JsonNode row = read.snapshot().get("after");
      read.stream();
      server.execute("UPDATE whole SET id = 1 WHERE id = 1", "DELETE FROM whole");
      JsonNode update = read.next();
      assertThat(update.get("before")).isEqualTo(row);
      assertThat(update.get("after")).isEqualTo(row);
      assertThat(update.has("unchanged")).isFalse();
      assertThat(read.next().get("before")).isEqualTo(row);
    }
  }

  private static List<String> lines(JsonNode row) {
    List<String> lines = new ArrayList<>();
    row.properties().forEach(field -> lines.add(field.toString()));
    return lines;
  }

  /** One table with one row, and what the engine makes of it. */
  private static final class Read implements AutoCloseable {

    private final Changes changes = new Changes(10, 1_000_000, 100);
    private final PostgresSettings settings;
    private final Database database;
    private final ServerCheck check;
    private final LogSequenceNumber begin;
    private Engine engine;
    private Thread thread;

    Read(String table, List<Types.Column> columns, String identity) throws SQLException {
      List<String> statements = new ArrayList<>(Types.BEFORE);
      statements.add(
          "CREATE TABLE " + table + " (id int PRIMARY KEY, " + Types.define(columns) + ")");
      statements.add("ALTER TABLE " + table + " REPLICA IDENTITY " + identity);
      for (Types.Column column : columns) {
        if (columns == Types.LARGE) {
          statements.add(
              "ALTER TABLE " + table + " ALTER " + column.name() + " SET STORAGE EXTERNAL");
        }
      }
      statements.add("INSERT INTO " + table + " VALUES (1, " + Types.values(columns) + ")");
      server.execute(statements.toArray(String[]::new));
      database =
          Database.of("postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "");
      settings =
          new PostgresSettings(
              Table.list(table),
              table,
              table,
              Duration.ofSeconds(1),
              true,
              new DispatchSettings(table, 10, Duration.ZERO, 1, 1, 1_000_000, 0, Duration.ZERO));
      check = new ServerCheck(database, settings);
      check.ask();
      begin = new OwnSlot(database, settings.slot()).make();
    }

    JsonNode snapshot() throws Exception {
      Unchanged unchanged = Unchanged.random();
      run(
          new EngineProperties(database, settings).snapshot(settings.tables(), unchanged),
          unchanged);
      JsonNode row = next();
      engine.close();
      thread.join();
      return row;
    }

    void stream() throws Exception {
      Unchanged unchanged = Unchanged.random();
      run(new EngineProperties(database, settings).stream(begin, unchanged), unchanged);
    }

    JsonNode next() throws Exception {
      ChangeDelivery next = changes.next();
      assertThat(next).as("a change").isNotNull();
      assertThat(next.record().flaw()).isNull();
      return JSON.readTree(next.record().bytes());
    }

    private void run(Properties properties, Unchanged unchanged) throws Exception {
      changes.begin();
      ChangeReader reader =
          new ChangeReader(
              settings.slot(),
              check.ask().tables(),
              new Landed(settings.slot(), "1", "postgres", begin.asString(), List.of(), Map.of()),
              new RowJson(unchanged),
              Clock.systemUTC());
      engine =
          new Engine(
              properties,
              reader,
              changes,
              new AtomicReference<>(Instant.EPOCH),
              () -> {},
              Clock.systemUTC());
      Engine running = engine;
      thread =
          new Thread(
              () -> {
                try {
                  running.run();
                } catch (EngineFailedException e) {
                  // as one may that is closed while it reads; a change that is missing says so
                  changes.end();
                }
              });
      thread.start();
    }

    @Override
    public void close() {
      try {
        engine.close();
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
