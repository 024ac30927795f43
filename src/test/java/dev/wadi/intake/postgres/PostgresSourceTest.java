package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import dev.wadi.process.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the source says of itself while it can't go on, with a real server. */
@Tag("integration")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostgresSourceTest {

  private static final String SOURCE = PostgresSettings.source("wadi");

  @TempDir Path folder;
  private final ObjectInMemory store = new ObjectInMemory();
  private final ParkingRoute route = new ParkingRoute();
  private final SourceStatus status = new SourceStatus(SOURCE, Clock.systemUTC());
  private PostgresServer server;

  @BeforeEach
  void open() throws Exception {
    server = PostgresServer.start(folder.resolve("server"));
    server.execute(
        "CREATE TABLE orders (id int PRIMARY KEY)", "CREATE TABLE others (id int PRIMARY KEY)");
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void startsWhileTheSlotIsBeingMadeAndWaits() throws Exception {
    PostgresSource first = source("orders");
    PostgresSource second = source("orders");
    try (Connection open = server.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("INSERT INTO others VALUES (1)");
      first.start();
      await().until(() -> error().contains("waits for the transactions that run"));
      second.start();
      open.commit();
      server.execute("INSERT INTO orders VALUES (1)");
      assertThat(route.next().bodies()).hasSize(1);
    } finally {
      first.stop();
      second.stop();
    }
  }

  @Test
  void isDownWhileItsPositionCannotBeWritten() throws Exception {
    route.judge = parked -> null;
    PostgresSource source = source("orders");
    try {
      source.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> status.lastSuccess().isPresent());
      store.down = true;
      server.execute("INSERT INTO orders VALUES (1)");
      await().atMost(Duration.ofSeconds(30)).until(() -> error().contains("can't write s3://lake"));
      store.down = false;
      await().atMost(Duration.ofSeconds(30)).until(() -> status.failingSince().isEmpty());
    } finally {
      source.stop();
    }
  }

  @Test
  void readsATableAnewThatIsPutBack() throws Exception {
    List<String> landed = new CopyOnWriteArrayList<>();
    route.judge =
        parked -> {
          landed.addAll(parked.bodies());
          return null;
        };
    server.execute("INSERT INTO others VALUES (1)");
    runUntilRead("orders,others");
    runUntilRead("orders");
    server.execute("INSERT INTO others VALUES (2)");
    runUntilRead("orders,others");
    assertThat(landed).filteredOn(body -> body.contains("\"table\":\"others\"")).hasSize(3);
  }

  private void runUntilRead(String tables) {
    PostgresSource source = source(tables);
    try {
      source.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> streams(tables));
    } finally {
      source.stop();
    }
  }

  private boolean streams(String tables) {
    return store.object != null && snapshot().equals(Landed.names(Table.list(tables).stream()));
  }

  private List<String> snapshot() {
    return new LandedObject(store, "lake", "wadi").read().orElseThrow().snapshot();
  }

  private String error() {
    return status.lastError().orElse("");
  }

  private PostgresSource source(String tables) {
    PostgresSettings settings =
        new PostgresSettings(
            Table.list(tables),
            "wadi",
            "wadi",
            Duration.ofMillis(300),
            true,
            new DispatchSettings(
                SOURCE, 10, Duration.ofMillis(20), 1, 4, 1_000_000, 0, Duration.ofSeconds(5)));
    AtomicLong sequence = new AtomicLong();
    return new PostgresSource(
        Database.of("postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", ""),
        settings,
        new LandedObject(store, "lake", "wadi"),
        new SourceParts(
            route,
            (source, delivery) -> false,
            new ReleasedClaims(),
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            status,
            sequence::incrementAndGet,
            Clock.systemUTC()),
        new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)));
  }
}
