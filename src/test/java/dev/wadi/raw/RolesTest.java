package dev.wadi.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.process.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/postgres/roles.sql on a real PostgreSQL: what each role may and what it may not. */
@Tag("unit")
class RolesTest {

  /** As the route land-postgres inserts. */
  private static final String INSERT =
      """
      INSERT INTO "raw_events" (key, type, time, source, doc)
      SELECT r.key, r.type, r.time::timestamptz, r.source, r.doc::jsonb
      FROM unnest(ARRAY['%s'], ARRAY['t'], ARRAY['2026-11-22T10:00:00Z'], ARRAY['s'], ARRAY['{}'])
        AS r(key, type, time, source, doc)
      ON CONFLICT (key) DO NOTHING
      """;

  private static final String DENIED = "42501";

  @TempDir static Path folder;
  private static PostgresServer server;
  private static RawLayer raw;

  @BeforeAll
  static void serve() throws Exception {
    server = PostgresServer.start(folder);
    raw = new RawLayer(server, "wadi", "postgres");
    // once more, since it must be harmless
    for (int times = 0; times < 2; times++) {
      raw.run("roles.sql", "postgres", "SET wadi.developers = 'ana, ben'");
    }
    server.execute(
        "CREATE ROLE app LOGIN IN ROLE raw_writer",
        "CREATE ROLE bi LOGIN IN ROLE raw_reader",
        "CREATE ROLE nobody LOGIN");
    raw.execute("app", INSERT.formatted("first"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void theWriterInsertsAndTwiceIsOnce() throws Exception {
    assertThat(raw.execute("app", INSERT.formatted("again"))).isEqualTo(1);
    assertThat(raw.execute("app", INSERT.formatted("again"))).isZero();
    assertThat(raw.ask("app", "SELECT to_regclass('\"raw_events\"')::text"))
        .as("the route asks for the table so")
        .containsExactly("raw_events");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE raw_events SET type = 'x'",
        "DELETE FROM raw_events",
        "TRUNCATE raw_events",
        "SELECT doc FROM raw_events",
        "INSERT INTO raw_events (key) VALUES ('first') ON CONFLICT (key) DO UPDATE SET type = 'x'",
        "CREATE TABLE public.mine (n int)",
        "CREATE TEMPORARY TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "DROP SCHEMA gold",
        "CREATE TABLE ana.mine (n int)"
      })
  void theWriterMayDoNothingElse(String sql) {
    assertDenied("app", sql);
  }

  @Test
  void theReaderSelects() throws Exception {
    assertThat(raw.ask("bi", "SELECT key FROM raw_events")).contains("first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO raw_events (key) VALUES ('x')",
        "UPDATE raw_events SET type = 'x'",
        "DELETE FROM raw_events",
        "TRUNCATE raw_events",
        "CREATE TABLE public.mine (n int)",
        "CREATE TABLE silver.mine (n int)",
        "CREATE SCHEMA mine",
        "SELECT * FROM ana.secret"
      })
  void theReaderMayDoNothingElse(String sql) throws Exception {
    raw.execute("ana", "CREATE TABLE IF NOT EXISTS ana.secret (n int)");
    assertDenied("bi", sql);
  }

  @Test
  void aDeveloperReadsTheRawTableAndOwnsASchema() throws Exception {
    raw.execute("ana", "DROP TABLE IF EXISTS ana.copy");
    raw.execute("ana", "CREATE TABLE ana.copy AS SELECT key FROM raw_events WHERE key = 'first'");
    raw.execute("ana", "CREATE OR REPLACE VIEW ana.types AS SELECT type FROM raw_events");
    raw.execute("ana", "CREATE TEMPORARY TABLE aside (n int)");
    assertThat(raw.ask("ana", "SELECT key FROM copy"))
        .as("found without a schema's name")
        .hasSize(1);
    assertThat(raw.execute("ana", "DELETE FROM ana.copy")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO raw_events (key) VALUES ('x')",
        "UPDATE raw_events SET type = 'x'",
        "DELETE FROM raw_events",
        "TRUNCATE raw_events",
        "DROP TABLE raw_events",
        "CREATE TABLE public.mine (n int)",
        "CREATE TABLE gold.mine (n int)",
        "CREATE TABLE ben.mine (n int)",
        "SELECT * FROM ben.secret",
        "DROP SCHEMA ben CASCADE",
        "CREATE SCHEMA mine",
        "SET ROLE ben",
        "SET ROLE raw_writer",
        "CREATE ROLE friend"
      })
  void aDeveloperWritesNeitherTheRawTableNorInOthersSchemas(String sql) throws Exception {
    raw.execute("ben", "CREATE TABLE IF NOT EXISTS ben.secret (n int)");
    assertDenied("ana", sql);
  }

  @Test
  void nobodyElseMayEvenConnect() {
    assertDenied("nobody", "SELECT 1");
  }

  @Test
  void aDeveloperThatIsAddedLaterDisturbsNobody() throws Exception {
    raw.execute("ben", "CREATE TABLE IF NOT EXISTS ben.kept (n int)");
    raw.run("roles.sql", "postgres", "SET wadi.developers = 'cy'");
    raw.execute("cy", "CREATE TABLE cy.mine AS SELECT key FROM raw_events");
    raw.execute("ben", "INSERT INTO ben.kept VALUES (1)");
    assertDenied("cy", "SELECT * FROM ben.kept");
    assertDenied("ben", "SELECT * FROM cy.mine");
  }

  @Test
  void takesNamesFromTheOptionsOfAConnectionToo() throws Exception {
    Properties options = new Properties();
    options.setProperty("user", "postgres");
    options.setProperty("options", "-c wadi.developers=di,ed");
    raw.run("roles.sql", options);
    raw.execute("ed", "CREATE TABLE ed.mine AS SELECT key FROM raw_events");
    assertDenied("di", "SELECT * FROM ed.mine");
  }

  @Test
  void tablesThatComeLaterAreReadAndNotWritten() throws Exception {
    raw.execute(
        "postgres", "CREATE TABLE IF NOT EXISTS public.raw_conflicts (key text PRIMARY KEY)");
    raw.execute("postgres", "CREATE OR REPLACE VIEW gold.keys AS SELECT key FROM raw_events");
    for (String reader : List.of("bi", "ana")) {
      raw.ask(reader, "SELECT * FROM raw_conflicts");
      raw.ask(reader, "SELECT * FROM gold.keys");
      assertDenied(reader, "INSERT INTO raw_conflicts VALUES ('x')");
    }
    assertDenied("app", "INSERT INTO raw_conflicts VALUES ('x')");
    raw.run("roles.sql", "postgres", "SET wadi.raw_table = 'raw_conflicts'");
    assertThat(raw.execute("app", "INSERT INTO raw_conflicts VALUES ('x') ON CONFLICT DO NOTHING"))
        .isEqualTo(1);
    assertThat(raw.execute("app", INSERT.formatted("still")))
        .as("the other raw table is as it was")
        .isEqualTo(1);
  }

  @Test
  void runAgainItTakesAwayWhatWasGrantedBeside() throws Exception {
    raw.execute("postgres", "GRANT DELETE ON raw_events TO raw_reader, raw_writer");
    raw.run("roles.sql", "postgres");
    assertDenied("bi", "DELETE FROM raw_events");
    assertDenied("app", "DELETE FROM raw_events");
    assertThat(raw.ask("bi", "SELECT key FROM raw_events")).contains("first");
  }

  @Test
  void anOwnerWhoIsNoSuperuserRunsItByNamesOfItsOwn() throws Exception {
    server.execute("CREATE ROLE admin LOGIN CREATEROLE");
    RawLayer managed = new RawLayer(server, "managed", "admin");
    String[] names = {
      "SET wadi.raw_schema = 'landed'",
      "SET wadi.raw_table = 'Events'",
      "SET wadi.reader = 'm_reader'",
      "SET wadi.writer = 'm-writer'",
      "SET wadi.developer = 'm_developer'",
      "SET wadi.developers = 'dee'"
    };
    managed.run("roles.sql", "admin", names);
    managed.run("roles.sql", "admin", names);
    server.execute("CREATE ROLE load LOGIN IN ROLE \"m-writer\"");
    managed.execute(
        "load", "INSERT INTO landed.\"Events\" (key) VALUES ('a') ON CONFLICT (key) DO NOTHING");
    assertThat(managed.ask("dee", "SELECT key FROM landed.\"Events\"")).containsExactly("a");
    managed.execute("dee", "CREATE TABLE dee.mine (n int)");
    for (String sql :
        List.of(
            "GRANT dee TO admin WITH INHERIT TRUE",
            "REASSIGN OWNED BY dee TO admin",
            "DROP OWNED BY dee",
            "DROP ROLE dee")) {
      managed.execute("admin", sql);
    }
    assertThat(managed.ask("admin", "SELECT count(*) FROM dee.mine")).containsExactly("0");
    assertThat(
            managed.ask("admin", "SELECT count(*) FROM pg_tables WHERE tablename = 'raw_events'"))
        .containsExactly("0");
  }

  @Test
  void aSchemaOfAnotherIsNotTaken() throws Exception {
    raw.execute("postgres", "CREATE SCHEMA IF NOT EXISTS taken");
    assertThatThrownBy(() -> raw.run("roles.sql", "postgres", "SET wadi.developers = 'taken'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("belongs to another");
    assertThat(raw.ask("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'taken'")).isEmpty();
  }

  @Test
  void holdsNoPassword() throws Exception {
    assertThat(Files.readString(Path.of("deploy/postgres/roles.sql")))
        .doesNotContainPattern("(?i)password\\s+'");
    assertThat(
            raw.ask(
                "postgres",
                "SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL AND rolname <> 'postgres'"))
        .isEmpty();
  }

  private static void assertDenied(String user, String sql) {
    assertThatThrownBy(() -> raw.execute(user, sql))
        .as("%s: %s", user, sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(DENIED));
  }
}
