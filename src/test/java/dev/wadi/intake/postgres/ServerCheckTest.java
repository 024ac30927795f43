package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.process.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.replication.LogSequenceNumber;
import software.amazon.awssdk.core.sync.RequestBody;

/** Each way in which a real server can't be read, and the line that says what to do. */
@Tag("integration")
class ServerCheckTest {

  @TempDir static Path folder;
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(folder.resolve("server"));
    server.execute(
        "CREATE ROLE reader LOGIN REPLICATION",
        "CREATE ROLE plain LOGIN",
        "CREATE TABLE good (id int PRIMARY KEY)",
        "CREATE TABLE whole (id int PRIMARY KEY)",
        "ALTER TABLE whole REPLICA IDENTITY FULL",
        "CREATE TABLE keyless (id int)",
        "CREATE TABLE nothing (id int PRIMARY KEY)",
        "ALTER TABLE nothing REPLICA IDENTITY NOTHING",
        "CREATE TABLE hidden (id int PRIMARY KEY)",
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE VIEW sight AS SELECT * FROM good",
        "GRANT SELECT ON good, whole, keyless, nothing, parts, sight TO reader",
        "CREATE PUBLICATION orders FOR TABLE good, whole",
        "CREATE PUBLICATION inserts FOR TABLE good WITH (publish = 'insert')",
        "CREATE PUBLICATION kept FOR TABLE good WITH (publish = 'insert, update, delete')",
        "CREATE DATABASE other",
        "SELECT pg_create_logical_replication_slot('foreign', 'test_decoding')");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void tellsWhatItFinds() throws Exception {
    Server found = check("reader", "good,whole", "wadi", "orders").ask();
    assertThat(found.tables())
        .isEqualTo(Map.of(new Table("public", "good"), false, new Table("public", "whole"), true));
    assertThat(found.system()).matches("\\d+");
    assertThat(found.slot()).isNull();
  }

  @Test
  void makesThePublicationAndTheSlotWhereItMay() throws Exception {
    ServerCheck check = check("postgres", "good", "made", "made");
    check.ask();
    var from = slot("postgres", "made").make();
    assertThat(check.ask().slot()).isEqualTo(new Server.Slot(from, null));
    server.execute("SELECT pg_drop_replication_slot('made')");
  }

  @Test
  void saysWhatToDo() {
    refuses("plain", "good", "orders", "may not replicate", "ALTER ROLE \"plain\" REPLICATION");
    refuses("nobody", "good", "orders", "refuses the user nobody", "WADI_INTAKE_POSTGRES_PASSWORD");
    refuses("reader", "absent", "orders", "no table public.absent", "wadi.intake.postgres.tables");
    refuses("reader", "hidden", "orders", "may not read", "GRANT SELECT ON \"public\".\"hidden\"");
    refuses("reader", "keyless", "orders", "no primary key", "ADD PRIMARY KEY");
    refuses("reader", "nothing", "orders", "replica identity", "REPLICA IDENTITY DEFAULT");
    refuses("reader", "parts", "orders", "partitioned", "name its partitions");
    refuses("reader", "sight", "orders", "is no table", "views");
    refuses("reader", "good", "absent", "no publication absent", "CREATE PUBLICATION \"absent\"");
    refuses("reader", "good", "inserts", "leaves out", "ALTER PUBLICATION \"inserts\"");
    refuses("reader", "good", "kept", "truncates", "ALTER PUBLICATION \"kept\"");
    refuses("postgres", "good,hidden", "orders", "is without public.hidden", "ADD TABLE");
  }

  @Test
  void saysThatASlotIsBeingMadeWhileATransactionRuns() throws Exception {
    ServerCheck check = check("postgres", "good", "waiting", "orders");
    ExecutorService making = Executors.newSingleThreadExecutor();
    try (Connection open = server.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("INSERT INTO good VALUES (1)");
      Future<LogSequenceNumber> made = making.submit(() -> slot("postgres", "waiting").make());
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(check::ask)
                      .isInstanceOf(TransientException.class)
                      .hasMessageContaining("the slot waiting is being made"));
      open.rollback();
      assertThat(made.get()).isEqualTo(check.ask().slot().confirmed());
    } finally {
      making.shutdownNow();
    }
    server.execute("SELECT pg_drop_replication_slot('waiting')");
  }

  @Test
  void letsOneProcessAtATimeHaveASlot() throws Exception {
    OwnSlot slot = slot("reader", "one");
    try (Connection held = slot.hold()) {
      assertThat(held.isValid(30)).isTrue();
      assertThatThrownBy(slot::hold)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("another process");
      slot("reader", "two").hold().close();
    }
    // the server notices a moment later that the one has gone
    await().ignoreException(TransientException.class).untilAsserted(() -> slot.hold().close());
  }

  @Test
  void refusesAServerWhoseLogEndsBeforeWhatHasLanded() throws Exception {
    ServerCheck check = check("postgres", "good", "ahead", "orders");
    Server found = check.ask();
    LandedObject object = new LandedObject(new ObjectInMemory(), "lake", "ahead");
    object.write(new Landed("ahead", found.system(), "postgres", "FF/0", List.of(), Map.of()));
    Beginning beginning =
        new Beginning(
            settings("good", "ahead", "orders"),
            database("postgres"),
            slot("postgres", "ahead"),
            object,
            waits -> {});
    assertThatThrownBy(() -> beginning.find(found))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("changes are lost")
        .hasMessageContaining("FF/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{\"slot\":\"wadi\",\"system\":\"1\"}"})
  void saysWhatToDoAboutAnOffsetThatIsDamaged(String content) {
    ObjectInMemory store = new ObjectInMemory();
    store.putObject(put -> put.bucket("lake").key("any"), RequestBody.fromString(content));
    assertThatThrownBy(() -> new LandedObject(store, "lake", "wadi").read())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("_wadi/offsets/wadi.json")
        .hasMessageContaining("delete it");
  }

  @Test
  void refusesASlotOfSomethingElse() {
    assertThatThrownBy(() -> check("reader", "good", "foreign", "orders").ask())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("test_decoding")
        .hasMessageContaining("wadi.intake.postgres.slot");
  }

  @Test
  void aWatchGoesOnThoughItsUserIsRefused() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SlotWatch watch =
        new SlotWatch(
            database("nobody"),
            "wadi",
            new AtomicReference<>(Instant.EPOCH),
            registry,
            Clock.systemUTC());

    watch.run();

    assertThat(registry.get("wadi.postgres.slot.lag.bytes").gauge().value()).isNaN();
  }

  @Test
  void refusesADatabaseThatIsNotThere() {
    Database absent =
        Database.of("postgresql://127.0.0.1:" + server.port() + "/absent", "reader", "");
    assertThatThrownBy(() -> new ServerCheck(absent, settings("good", "wadi", "orders")).ask())
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no database absent");
  }

  private static void refuses(String user, String tables, String publication, String... says) {
    assertThatThrownBy(() -> check(user, tables, "wadi", publication).ask())
        .isInstanceOf(SetupException.class)
        .message()
        .contains(says)
        .doesNotContain("\n");
  }

  private static ServerCheck check(String user, String tables, String slot, String publication) {
    return new ServerCheck(database(user), settings(tables, slot, publication));
  }

  private static OwnSlot slot(String user, String name) {
    return new OwnSlot(database(user), name);
  }

  private static Database database(String user) {
    return Database.of("postgresql://127.0.0.1:" + server.port() + "/postgres", user, "");
  }

  private static PostgresSettings settings(String tables, String slot, String publication) {
    return new PostgresSettings(
        Table.list(tables),
        slot,
        publication,
        Duration.ofSeconds(1),
        true,
        new DispatchSettings(
            PostgresSettings.source(slot), 10, Duration.ZERO, 1, 1, 1000, 0, Duration.ZERO));
  }
}
