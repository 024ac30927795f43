package dev.wadi.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TablesTest {

  private static final String FOLDER = "events/event_type=change/event_date=2026-11-01/";

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
  }

  @Test
  void showsTheRowsOfEveryTable() {
    lake.commit(1).event("a", "1").rejected("r").write();
    lake.commit(2).duplicate("a", "1").conflict("a", "2", "1").write();
    lake.commit(3).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
    assertThat(query("SELECT event_id FROM events")).containsExactly("id-a");
    assertThat(query("SELECT event_id FROM duplicates")).containsExactly("id-a");
    assertThat(query("SELECT event_id FROM conflicts")).containsExactly("id-a");
    assertThat(query("SELECT reason FROM dead_letters")).containsExactly("not_json");
  }

  @Test
  void hasEveryTableWithItsColumnsBeforeAnythingLanded() {
    assertThat(query("SELECT count(*) FROM events")).containsExactly("0");
    assertThat(query("SELECT typeof(event_time) FROM events UNION ALL SELECT 'none'"))
        .containsExactly("none");
    assertThat(
            query(
                "SELECT column_name || ' ' || column_type FROM (DESCRIBE dead_letters)"
                    + " WHERE column_name IN ('attempts', 'first_seen', 'received_date')"))
        .containsExactly(
            "attempts BIGINT", "first_seen TIMESTAMP WITH TIME ZONE", "received_date DATE");
    assertThat(query("SELECT landed_payload_hash FROM conflicts")).isEmpty();
    assertThat(query("SHOW TABLES"))
        .containsExactly("conflicts", "dead_letters", "duplicates", "events");
  }

  @Test
  void givesTheSameCoreColumnsBeforeAndAfterTheFirstCommit() {
    String types =
        "SELECT column_name || ' ' || column_type FROM (DESCRIBE %s) ORDER BY column_name";
    List<List<String>> before = new ArrayList<>();
    for (LakeTable table : LakeTable.values()) {
      before.add(query(types.formatted(table.sqlName())));
    }
    lake.commit(1).event("a", "1").duplicate("a", "1").conflict("a", "2", "1").write();
    lake.commit(2).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
    List<List<String>> after = new ArrayList<>();
    for (LakeTable table : LakeTable.values()) {
      after.add(query(types.formatted(table.sqlName())));
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void showsTheRowsOfACompactionInsteadOfThoseThatItReplaced() throws IOException {
    compactTwoCommits();
    assertThat(query("SELECT event_id || commit_id FROM events ORDER BY 1"))
        .containsExactly("id-a" + LakeFixture.id(1), "id-b" + LakeFixture.id(2));
    Files.delete(lake.file(FOLDER + LakeFixture.id(1) + "-0.parquet"));
    Files.delete(lake.file(FOLDER + LakeFixture.id(2) + "-0.parquet"));
    assertThat(query("SELECT count(*) FROM events")).containsExactly("2");
  }

  @Test
  void showsTheRowsThatACompactionReplacesAsLongAsItIsOnItsWay() {
    compactTwoCommits();
    lake.openIntent(3);
    assertThat(query("SELECT event_id FROM events ORDER BY 1")).containsExactly("id-a", "id-b");
  }

  @Test
  void showsTheRowsOfTheLastOfSeveralCompactions() {
    String joined = compactTwoCommits();
    lake.commit(4).event("c", "1").write();
    lake.compact(5, "FROM file", joined, FOLDER + LakeFixture.id(4) + "-0.parquet");
    assertThat(query("SELECT event_id FROM events ORDER BY 1"))
        .containsExactly("id-a", "id-b", "id-c");
  }

  @Test
  void refusesToShowACompactionOfWhatNoCommitNames() throws IOException {
    compactTwoCommits();
    Files.delete(lake.file("_wadi/commits/" + LakeFixture.id(1) + ".json"));
    assertThatThrownBy(() -> query("SELECT count(*) FROM events"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi verify");
  }

  private String compactTwoCommits() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    return lake.compact(
        3,
        "FROM file",
        FOLDER + LakeFixture.id(1) + "-0.parquet",
        FOLDER + LakeFixture.id(2) + "-0.parquet");
  }

  @Test
  void leavesOutWhatAnOpenIntentNames() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.openIntent(2);
    assertThat(query("SELECT event_id FROM events")).containsExactly("id-a");
  }

  @Test
  void leavesOutWhatAnAbortedCommitLeftBehind() {
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    lake.manifest(2, manifest -> manifest.put("state", "ABORTED"));
    assertThat(query("SELECT event_id FROM events")).containsExactly("id-a");
  }

  @Test
  void leavesOutFilesThatNoManifestNames() throws Exception {
    lake.commit(1).event("a", "1").write();
    Path file = Snapshot.of(lake.folder()).files(LakeTable.EVENTS).get(0);
    Files.copy(file, file.resolveSibling("copy.parquet"));
    assertThat(query("SELECT count(*) FROM events")).containsExactly("1");
  }

  @Test
  void readsNoMarkerFromWhatAKilledPutLeft() {
    lake.commit(1).event("a", "1").write();
    lake.write(
        "_wadi/commits/" + LakeFixture.id(2) + ".json-0f0e0d0c-0000-4000-8000-000000000000", "{");
    assertThat(query("SELECT count(*) FROM events")).containsExactly("1");
  }

  @Test
  void readsNoMoreOfAManifestThanItNeeds() {
    lake.commit(1).event("a", "1").write();
    Path marker = lake.file("_wadi/commits/" + LakeFixture.id(1) + ".json");
    assertThat(marker).content().contains("\"sources\"");
    lake.write(
        "_wadi/commits/" + LakeFixture.id(1) + ".json",
        content(marker).replaceFirst("\"sources\".*", "broken from here"));
    assertThat(query("SELECT count(*) FROM events")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a%2Fb",
        "null",
        "__HIVE_DEFAULT_PARTITION__",
        "%27%3B%20DROP",
        "%25",
        "1"
      })
  void showsTheTrueEventType(String pathType) {
    lake.commit(1).event("a", "1", pathType, "2026-11-01", "").write();
    lake.commit(2).event("b", "1", "other", "2026-11-01", "").write();
    String type = java.net.URLDecoder.decode(pathType, java.nio.charset.StandardCharsets.UTF_8);
    assertThat(query("SELECT event_type FROM events ORDER BY event_id"))
        .containsExactly(type, "other");
  }

  @Test
  void showsTheDateOfThePartitionAsADate() {
    lake.commit(1).event("a", "1", "t", "2026-11-01", "").write();
    lake.commit(2).event("b", "1", "t", "2026-11-02", "").write();
    assertThat(query("SELECT event_id FROM events WHERE event_date > DATE '2026-11-01'"))
        .containsExactly("id-b");
    assertThat(query("SELECT typeof(event_date) FROM events LIMIT 1")).containsExactly("DATE");
  }

  @Test
  void opensOnlyTheFilesOfTheDatesThatAreAskedFor() {
    lake.commit(1).event("a", "1", "t", "2026-11-01", "").write();
    lake.commit(2).event("b", "1", "t", "2026-11-02", "").write();
    String plan =
        query("EXPLAIN ANALYZE SELECT event_id FROM events WHERE event_date = '2026-11-02'", 2)
            .get(0);
    assertThat(plan).contains("Scanning Files: 1/2");
  }

  @Test
  void widensAColumnThatIsBigintHereAndDoubleThere() {
    lake.commit(1).event("a", "1", "t", "2026-11-01", ", 1::BIGINT AS size").write();
    lake.commit(2).event("b", "1", "t", "2026-11-01", ", 1.5::DOUBLE AS size").write();
    lake.commit(3).event("c", "1", "t", "2026-11-01", ", 'x' AS other").write();
    assertThat(query("SELECT typeof(size) || ' ' || size FROM events ORDER BY event_id"))
        .containsExactly("DOUBLE 1.0", "DOUBLE 1.5", null);
  }

  @Test
  void showsColumnsWithOddNames() {
    lake.commit(1).event("a", "1", "t", "2026-11-01", ", 7 AS \"it's \"\"odd\"\", {}\"").write();
    lake.commit(2).event("b", "1", "t", "2026-11-01", "").write();
    assertThat(query("SELECT \"it's \"\"odd\"\", {}\" FROM events ORDER BY event_id"))
        .containsExactly("7", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM events",
        "WITH e AS (FROM events) SELECT * FROM e UNION ALL SELECT * FROM e",
        "VALUES (1)",
        "DESCRIBE events",
        "SUMMARIZE events",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "explain analyze FROM events",
        "SELECT 1;",
        "PIVOT events ON event_type IN ('change') USING count(*)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) FROM r",
        "SELECT 'COPY; DROP TABLE events'"
      })
  void answersStatementsThatRead(String sql) {
    lake.commit(1).event("a", "1").write();
    assertThat(query(sql)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO '%s'",
        "COPY events TO '%s'",
        "WITH x AS (COPY (SELECT 1) TO '%s') SELECT * FROM x",
        "EXPLAIN ANALYZE WITH x AS (COPY (SELECT 1) TO '%s') SELECT * FROM x",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s'",
        "ATTACH '%s'",
        "EXPORT DATABASE '%s'",
        "DROP VIEW events",
        "CREATE TABLE t AS SELECT 1",
        "SET threads = 1",
        "PRAGMA version",
        "CALL pragma_version()",
        "INSTALL httpfs",
        "LOAD httpfs",
      })
  void refusesStatementsThatDoMore(String sql) {
    lake.commit(1).event("a", "1").write();
    Path file = lake.file("events/stolen");
    assertThatThrownBy(() -> query(sql.formatted(file)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("read-only");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM query('WITH x AS (COPY (SELECT 1) TO ''%s'') SELECT * FROM x')",
        "SELECT * FROM (FROM \"Query\"('FROM events'))",
        "FROM json_execute_serialized_sql(json_serialize_sql("
            + "'WITH x AS (COPY (SELECT 1) TO ''%s'') SELECT * FROM x'))",
      })
  void refusesStatementsThatHideInText(String sql) {
    lake.commit(1).event("a", "1").write();
    Path file = lake.file("events/stolen");
    assertThatThrownBy(() -> query(sql.formatted(file)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("read-only");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesTwoStatementsAndRunsNeither() {
    assertThatThrownBy(() -> query("SELECT 1; SELECT 2"))
        .isInstanceOf(SetupException.class)
        .hasMessage("give one SQL statement, not 2, in quotes");
    assertThatThrownBy(() -> query(" ")).hasMessageContaining("not 0");
  }

  @Test
  void readsNoFileOutsideOfTheTables() throws Exception {
    lake.commit(1).event("a", "1").write();
    Files.writeString(data.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(data.resolve("link.txt"), data.resolve("secret.txt"));
    for (String path : List.of("secret.txt", "lake/events/../../secret.txt", "link.txt")) {
      assertThatThrownBy(() -> query("FROM read_text('" + data.resolve(path) + "')"))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("disabled by configuration");
    }
    assertThatThrownBy(() -> query("FROM glob('/*')")).isInstanceOf(SetupException.class);
  }

  @Test
  void saysInOneLineWhatIsWrongWithTheStatement() {
    assertThatThrownBy(() -> query("SELEC 1"))
        .isInstanceOf(SetupException.class)
        .hasMessage("SQL: syntax error at or near \"SELEC\"");
    assertThatThrownBy(() -> query("FROM event"))
        .hasMessage(
            "SQL: Catalog Error: Table with name event does not exist!"
                + " Did you mean \"events\"?"
                + " (the tables are events, duplicates, conflicts and dead_letters)");
    assertThatThrownBy(() -> query("SELECT colour FROM events"))
        .hasMessageStartingWith("SQL: Binder Error: Referenced column \"colour\" not found")
        .hasMessageEndingWith("(DESCRIBE events lists the columns)");
  }

  @Test
  void saysWhichFileOfACommitIsLost() throws Exception {
    lake.commit(1).event("a", "1").write();
    Path file = Snapshot.of(lake.folder()).files(LakeTable.EVENTS).get(0);
    Files.delete(file);
    assertThatThrownBy(() -> query("FROM events"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("wadi verify");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"state\":\"MAYBE\",\"files\":[]}",
        "{\"state\":\"COMMITTED\"}",
        "{\"state\":\"COMMITTED\",\"files\":null}",
        "{\"state\":\"COMMITTED\",\"files\":[null]}"
      })
  void saysWhichManifestCannotBeRead(String content) {
    lake.commit(1).event("a", "1").write();
    lake.write("_wadi/commits/" + LakeFixture.id(2) + ".json", content);
    assertThatThrownBy(() -> query("FROM events"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(LakeFixture.id(2))
        .hasMessageContaining("wadi verify");
  }

  @Test
  void saysThatThereIsNoDataFolder() {
    Path nowhere = data.resolve("nowhere");
    assertThatThrownBy(() -> LakeFolder.of(nowhere))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(nowhere.toString())
        .hasMessageContaining("--data");
  }

  @Test
  void saysThatTheLakeItselfWasNamed() {
    lake.commit(1).event("a", "1").write();
    assertThatThrownBy(() -> LakeFolder.of(data.resolve("lake")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("name the folder that holds it");
  }

  @Test
  void readsALakeWhosePathHasQuotesAndWildcards() throws Exception {
    Path odd = Files.createDirectories(data.resolve("it's a [lake]*?"));
    LakeFixture there = new LakeFixture(odd);
    // written under a plain name, since the fixture's own SQL is not that careful
    lake.commit(1).event("a", "1").write();
    Files.move(data.resolve("lake"), odd.resolve("lake"));
    assertThat(query(there, "SELECT event_id FROM events", 1)).containsExactly("id-a");
  }

  private List<String> query(String sql) {
    return query(sql, 1);
  }

  private List<String> query(String sql, int column) {
    return query(lake, sql, column);
  }

  private static List<String> query(LakeFixture lake, String sql, int column) {
    List<String> values = new ArrayList<>();
    try (Tables tables = Tables.open(lake.folder(), sql);
        ResultSet rows = tables.query()) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
