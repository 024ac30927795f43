package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.PostgresServer;
import dev.wadi.process.WadiProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Change data capture by the packaged application on a real PostgreSQL: each change lands once,
 * whatever is killed, and the slot never moves past what has landed.
 */
@Tag("integration")
class CdcIT {

  private static final Duration PATIENCE = Duration.ofSeconds(300);

  @TempDir Path folder;
  private Path data;
  private PostgresServer server;
  private Shop shop;
  private LandedRows lake;

  @BeforeEach
  void open() throws Exception {
    data = folder.resolve("data");
    lake = new LandedRows(data.resolve("lake"));
    server = PostgresServer.start(folder.resolve("server"));
    shop = new Shop(server);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void landsTheRowsThatAreThereAndThenEveryChange() throws Exception {
    shop.fill(500);
    try (WadiProcess wadi = start(Map.of())) {
      await().atMost(PATIENCE).until(() -> alive(wadi) && lake.reads().size() == 500);
      shop.trade(100);
      shop.copyIn(1_000);
      shop.trade(10);
      awaitChanges(wadi);
      awaitConfirmed(wadi);
      assertThat(wadi.terminate()).as(wadi.log()).isZero();
      assertThat(wadi.errors()).noneMatch(line -> line.contains("secret"));
    }
    check();
    assertThat(lake.reads()).doesNotHaveDuplicates().hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"published", "committed", "acknowledging-postgres", "acknowledged-postgres"})
  void landsEachChangeOnceWhenKilledAt(String failpoint) throws Exception {
    shop.fill(50);
    try (WadiProcess wadi = start(Map.of())) {
      await().atMost(PATIENCE).until(() -> alive(wadi) && lake.reads().size() == 50);
      assertThat(wadi.terminate()).as(wadi.log()).isZero();
    }
    try (WadiProcess wadi = start(Map.of("WADI_FAILPOINT", failpoint + ":2"))) {
      shop.trade(50);
      Instant until = Instant.now().plus(PATIENCE);
      while (wadi.errors().stream().noneMatch(line -> line.startsWith("failpoint"))) {
        assertThat(Instant.now()).as("it reaches the failpoint:\n%s", wadi.log()).isBefore(until);
        shop.trade(5);
        wadi.awaitExit(Duration.ofMillis(100));
        alive(wadi);
      }
      wadi.kill();
    }
    assertThatTheSlotIsBehind();
    shop.trade(20);
    finish();
    assertThat(lake.of("duplicates")).as("what came again was known").isEmpty();
  }

  @Test
  void readsNoRowTwiceWhenKilledInTheMidstOfTheSnapshot() throws Exception {
    shop.fill(20_000);
    Map<String, String> slow =
        Map.of(
            "WADI_FAILPOINT", "committed:2",
            "WADI_INTAKE_MAX_EVENTS", "500",
            "WADI_INTAKE_BATCH_PERMITS", "4");
    try (WadiProcess wadi = start(slow)) {
      wadi.awaitError(line -> line.startsWith("failpoint"), "the failpoint");
      wadi.kill();
    }
    assertThat(lake.reads().size()).isBetween(1, 19_999);
    server.execute(
        "DELETE FROM orders WHERE id <= 10", "UPDATE orders SET name = 'x' WHERE id = 11");
    finish();
    assertThat(lake.reads()).doesNotHaveDuplicates();
    assertThat(lake.replayed()).isEqualTo(shop.orders());
    IntStream.rangeClosed(1, 10)
        .forEach(
            id ->
                assertThat(changes())
                    .as("deletes are not lost")
                    .contains("delete " + id + " null"));
  }

  @Test
  void landsEachChangeOnceWhenThePositionAndTheDiskAreLost() throws Exception {
    shop.fill(100);
    try (WadiProcess wadi = start(Map.of())) {
      await().atMost(PATIENCE).until(() -> alive(wadi) && lake.reads().size() == 100);
      shop.trade(50);
      awaitChanges(wadi);
      wadi.kill();
    }
    Files.delete(data.resolve("lake/_wadi/offsets/wadi.json"));
    shop.trade(50);
    finish();
    assertThat(lake.reads()).doesNotHaveDuplicates();
  }

  @Test
  void readsWhatIsWrittenWhileTheSlotIsBeingMade() throws Exception {
    shop.fill(10);
    try (Connection writing = server.connect();
        Statement statement = writing.createStatement()) {
      writing.setAutoCommit(false);
      statement.execute("UPDATE orders SET name = 'late' WHERE id = 1");
      try (WadiProcess wadi = start(Map.of())) {
        wadi.awaitError(line -> line.contains("makes the slot"), "its wait for the transaction");
        shop.trade(20);
        writing.commit();
        awaitOrders(wadi);
        assertThat(lake.reads()).contains("read 1 late").hasSizeGreaterThan(10);
        shop.trade(5);
        awaitOrders(wadi);
        assertThat(wadi.terminate()).as(wadi.log()).isZero();
      }
    }
    assertThat(lake.changes()).doesNotHaveDuplicates();
    assertThat(lake.reads()).doesNotHaveDuplicates();
    verify();
  }

  @Test
  void goesOnWhenTheServerIsBack() throws Exception {
    shop.fill(10);
    try (WadiProcess wadi = start(Map.of())) {
      // what is written before the slot is made lands as rows, and not as changes
      await().atMost(PATIENCE).until(() -> alive(wadi) && lake.reads().size() == 10);
      shop.trade(20);
      awaitChanges(wadi);
      server.stop();
      wadi.awaitError(line -> line.contains("can't read, and tries again"), "the outage");
      server.resume();
      shop.trade(20);
      awaitChanges(wadi);
      assertThat(wadi.terminate()).as(wadi.log()).isZero();
    }
    check();
  }

  private void finish() throws Exception {
    try (WadiProcess wadi = start(Map.of())) {
      awaitChanges(wadi);
      shop.trade(1);
      awaitChanges(wadi);
      awaitConfirmed(wadi);
      assertThat(wadi.terminate()).as(wadi.log()).isZero();
    }
    check();
  }

  private void check() throws Exception {
    List<String> made = shop.made().stream().map(Shop.Made::text).toList();
    assertThat(lake.changes()).as("in their order").containsSubsequence(made);
    assertThat(lake.changes()).doesNotHaveDuplicates();
    assertThat(lake.replayed()).isEqualTo(shop.orders());
    assertThat(lake.of("conflicts")).isEmpty();
    assertThatTheSlotIsBehind();
    verify();
  }

  private void verify() throws Exception {
    try (WadiProcess verify = WadiProcess.start(Map.of(), "verify", "--data", data.toString())) {
      assertThat(verify.waitFor()).as("wadi verify:\n%s", verify.log()).isZero();
    }
  }

  /** All that the server thinks has landed has landed. */
  private void assertThatTheSlotIsBehind() throws Exception {
    LogSequenceNumber confirmed = shop.confirmed();
    assertThat(confirmed).isNotNull();
    assertThat(LogSequenceNumber.valueOf(lake.position())).isGreaterThanOrEqualTo(confirmed);
    List<String> before =
        shop.made().stream()
            .filter(made -> made.end().compareTo(LogSequenceNumber.valueOf(position())) <= 0)
            .map(Shop.Made::text)
            .toList();
    assertThat(lake.changes()).containsAll(before);
  }

  private String position() {
    try {
      return lake.position();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> changes() {
    try {
      return lake.changes();
    } catch (java.io.IOException | java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitChanges(WadiProcess wadi) {
    List<String> made = shop.made().stream().map(Shop.Made::text).toList();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> alive(wadi) && lake.changes().containsAll(made));
  }

  /** What has landed makes the table as it is. */
  private void awaitOrders(WadiProcess wadi) throws Exception {
    Map<Integer, String> orders = shop.orders();
    await().atMost(PATIENCE).until(() -> alive(wadi) && lake.replayed().equals(orders));
  }

  /** The slot moves on behind all that was made, though nothing more is. */
  private void awaitConfirmed(WadiProcess wadi) {
    LogSequenceNumber end = shop.made().get(shop.made().size() - 1).end();
    await().atMost(PATIENCE).until(() -> alive(wadi) && shop.confirmed().compareTo(end) >= 0);
  }

  private static boolean alive(WadiProcess wadi) {
    assertThat(wadi.isAlive()).as("it runs on:\n%s", wadi.log()).isTrue();
    return true;
  }

  private WadiProcess start(Map<String, String> environment) throws Exception {
    Map<String, String> quick = new HashMap<>(environment);
    quick.put("WADI_INTAKE_POSTGRES_URL", "postgresql://127.0.0.1:" + server.port() + "/postgres");
    quick.put("WADI_INTAKE_POSTGRES_PASSWORD", "secret");
    quick.put("WADI_INTAKE_POSTGRES_TABLES", "public.orders");
    quick.put("WADI_INTAKE_POSTGRES_HEARTBEAT", "500ms");
    quick.put("WADI_LAND_MAX_AGE", "1s");
    quick.put("WADI_LAND_FIRST_AGE", "500ms");
    WadiProcess wadi =
        WadiProcess.start(
            quick,
            "run",
            "--rate",
            "0",
            "--port",
            "0",
            "--shape",
            "row-change",
            "--data",
            data.toString());
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }
}
