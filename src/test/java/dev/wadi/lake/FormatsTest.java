package dev.wadi.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.ColumnType;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lakes that are JSON lines, CSV, or several formats at once. */
@Tag("unit")
class FormatsTest {

  @TempDir Path data;
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
  }

  @ParameterizedTest
  @CsvSource({"jsonl,zstd", "jsonl,gzip", "jsonl,none", "csv,zstd", "csv,gzip", "csv,none"})
  void showTheRowsOfEveryTableAndAreFoundTrue(String format, String compression) {
    lake.format(format, compression);
    land();

    assertThat(query("SELECT event_id FROM events ORDER BY 1")).containsExactly("id-a", "id-b");
    assertThat(query("SELECT event_id FROM duplicates")).containsExactly("id-a");
    assertThat(query("SELECT landed_payload_hash FROM conflicts"))
        .containsExactly(LakeFixture.hash("1"));
    assertThat(query("SELECT reason || attempts FROM dead_letters")).containsExactly("not_json1");
    assertThat(query("SELECT event_date FROM events")).containsOnly("2026-11-01");
    VerifyReport report = new Verification(lake.folder(), true).run();
    assertThat(report.findings()).isEmpty();
    assertThat(report.files()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "null", "{\"columns\":[{\"name\":\"id\",\"type\":null}]}"})
  void cannotBeReadWithoutTheSchemaOfTheLake(String content) {
    lake.format("jsonl", "zstd").commit(1).event("a", "1").write();
    lake.write("_wadi/schema/00000009.json", content);
    assertThatThrownBy(() -> query("SELECT event_id FROM events"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("_wadi/schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void haveTheTypesOfTheLakesSchemaAndNoGuessedOnes(String format) {
    lake.format(format, "zstd")
        .schema(1, "size", ColumnType.BIGINT)
        .schema(2, "build", ColumnType.TEXT)
        .schema(3, "share", ColumnType.DOUBLE)
        .schema(4, "ok", ColumnType.BOOLEAN)
        .schema(5, "started", ColumnType.TIMESTAMP)
        .schema(6, "in_no_file", ColumnType.TEXT);
    lake.commit(1)
        .event(
            "a",
            "1",
            "t",
            "2026-11-01",
            ", 9007199254740993::BIGINT AS size, '007' AS build, 1::DOUBLE AS share, true AS ok,"
                + " TIMESTAMPTZ '2026-11-01 01:02:03.000004Z' AS started")
        .write();
    lake.commit(2)
        .event("b", "1", "t", "2026-11-01", ", '' AS build, 1::BIGINT AS unknown")
        .write();

    assertThat(
            query(
                "SELECT concat_ws(' ', typeof(size), size, typeof(build), build, typeof(share),"
                    + " share, typeof(ok), ok, typeof(started), started::VARCHAR,"
                    + " typeof(in_no_file)) FROM events WHERE event_id = 'id-a'"))
        .containsExactly(
            "BIGINT 9007199254740993 VARCHAR 007 DOUBLE 1.0 BOOLEAN true"
                + " TIMESTAMP WITH TIME ZONE 2026-11-01 01:02:03.000004+00 VARCHAR");
    assertThat(query("SELECT event_id FROM events WHERE build = '' AND size IS NULL"))
        .containsExactly("id-b");
    assertThat(query("SELECT list(column_name) FROM (DESCRIBE events)").get(0))
        .endsWith("size, build, share, ok, started, in_no_file, _doc, event_date]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void takeWholeNumbersForDoublesOnceTheColumnIsWidened(String format) {
    lake.format(format, "zstd").schema(1, "size", ColumnType.BIGINT);
    lake.commit(1).event("a", "1", "t", "2026-11-01", ", 1::BIGINT AS size").write();
    lake.schema(2, "size", ColumnType.DOUBLE);
    lake.commit(2).event("b", "1", "t", "2026-11-01", ", 1.5::DOUBLE AS size").write();

    assertThat(query("SELECT typeof(size) || ' ' || size FROM events ORDER BY event_id"))
        .containsExactly("DOUBLE 1.0", "DOUBLE 1.5");
  }

  @Test
  void mayBeMixedInOneTable() {
    lake.schema(1, "size", ColumnType.DOUBLE).schema(2, "late", ColumnType.TEXT);
    lake.commit(1).event("a", "1", "t", "2026-11-01", ", 1::BIGINT AS size").write();
    lake.format("jsonl", "zstd");
    lake.commit(2).event("b", "1", "t", "2026-11-02", ", 2.5::DOUBLE AS size").write();
    lake.format("csv", "gzip");
    lake.commit(3).event("c", "1", "t", "2026-11-03", ", 'x' AS late").duplicate("a", "1").write();
    lake.format("csv", "none");
    lake.commit(4).event("d", "1", "t", "2026-11-04", ", 4::BIGINT AS size").write();

    assertThat(
            query(
                "SELECT concat_ws(' ', event_id, size, late, event_date, typeof(size))"
                    + " FROM events ORDER BY event_id"))
        .containsExactly(
            "id-a 1.0 2026-11-01 DOUBLE",
            "id-b 2.5 2026-11-02 DOUBLE",
            "id-c x 2026-11-03 DOUBLE",
            "id-d 4.0 2026-11-04 DOUBLE");
    assertThat(query("SELECT event_id FROM events WHERE event_date = '2026-11-03'"))
        .containsExactly("id-c");
    assertThat(new Verification(lake.folder(), true).run().findings()).isEmpty();
  }

  @Test
  void giveTheSameCoreColumnsAsParquet() {
    List<List<String>> described = new ArrayList<>();
    for (String format : List.of("parquet", "jsonl", "csv")) {
      LakeFixture other = new LakeFixture(data.resolve(format)).format(format, "zstd");
      lake = other;
      land();
      for (LakeTable table : LakeTable.values()) {
        described.add(
            query(
                "SELECT column_name || ' ' || column_type FROM (DESCRIBE %s) ORDER BY 1"
                    .formatted(table.sqlName())));
      }
    }
    assertThat(described.subList(4, 8)).isEqualTo(described.subList(0, 4));
    assertThat(described.subList(8, 12)).isEqualTo(described.subList(0, 4));
  }

  @ParameterizedTest
  @CsvSource({"jsonl,zstd", "jsonl,none", "csv,zstd", "csv,gzip", "csv,none"})
  void haveDamagedFilesNamedByVerifyAndNoOthers(String format, String compression)
      throws IOException {
    lake.format(format, compression);
    lake.commit(1).event("a", "1").write();
    lake.commit(2).event("b", "1").write();
    Path file = Snapshot.of(lake.folder()).files(LakeTable.EVENTS).get(1);
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 2, bytes.length, (byte) '"');
    Files.write(file, bytes);

    assertThat(new Verification(lake.folder(), false).run().findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.toString()).contains(LakeFixture.id(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv"})
  void mayLieWhereThePathHasQuotesAndWildcards(String format) throws IOException {
    lake.format(format, "zstd");
    lake.commit(1).event("a", "1", "t%27%2B", "2026-11-01", "").write();
    Path odd = Files.createDirectories(data.resolve("it's a [lake]*?"));
    Files.move(data.resolve("lake"), odd.resolve("lake"));
    lake = new LakeFixture(odd);

    assertThat(query("SELECT event_id || event_type FROM events")).containsExactly("id-at'+");
    assertThat(new Verification(lake.folder(), false).run().findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"jsonl,zstd", "jsonl,none", "csv,zstd", "csv,none"})
  void mayHaveLinesAsLongAsTheLargestEventMakesThem(String format, String compression) {
    lake.format(format, compression)
        .schema(1, "one", ColumnType.TEXT)
        .schema(2, "two", ColumnType.TEXT);
    // an event's document and its one value, of 4 MB each in which every byte must be escaped
    String quotes = "repeat('\\\"', 2097152)";
    lake.commit(1)
        .event("a", "1", "t", "2026-11-01", ", " + quotes + " AS one, " + quotes + " AS two")
        .event("b", "1")
        .write();

    assertThat(query("SELECT event_id || length(one) || length(two) FROM events WHERE one = two"))
        .containsExactly("id-a41943044194304");
    assertThat(new Verification(lake.folder(), false).run().findings()).isEmpty();
  }

  @Test
  void tellWhichHeaderCannotBeRead() throws IOException {
    lake.format("csv", "none");
    lake.commit(1).event("a", "1").write();
    Path file = Snapshot.of(lake.folder()).files(LakeTable.EVENTS).get(0);
    Files.write(file, new byte[0]);

    assertThatThrownBy(() -> query("FROM events"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("it has no header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl"})
  void mayHaveFoldersOfYearMonthAndDay(String format) {
    lake.format(format, "zstd");
    lake.commit(1)
        .eventIn("event_type=t/year=2026/month=03/day=07", "a", "2026-03-07 23:00:00", "")
        .write();
    lake.commit(2)
        .eventIn("event_type=t/year=2026/month=03/day=08", "b", "2026-03-08 01:00:00", "")
        .write();

    assertThat(query("SELECT event_id FROM events WHERE event_date = '2026-03-08'"))
        .containsExactly("id-b");
    assertThat(query("SELECT typeof(event_date) FROM events LIMIT 1")).containsExactly("DATE");
    if (format.equals("parquet")) {
      assertThat(
              query(
                      "EXPLAIN ANALYZE SELECT event_id FROM events WHERE event_date = '2026-03-08'",
                      2)
                  .get(0))
          .contains("Scanning Files: 1/2");
    }
    assertThat(new Verification(lake.folder(), false).run().findings()).isEmpty();
  }

  @Test
  void mayHaveFoldersThatTellNoDate() {
    lake.commit(1).eventIn("event_source=x", "a", "2026-03-07 23:59:59", "").write();
    lake.commit(2).event("b", "1", "t", "2026-11-01", "").write();
    lake.commit(3)
        .eventIn(
            "event_type=t/event_date=__HIVE_DEFAULT_PARTITION__", "c", "2026-11-05 00:00:00", "")
        .write();

    assertThat(query("SELECT event_id || ' ' || event_date FROM events ORDER BY 1"))
        .containsExactly("id-a 2026-03-07", "id-b 2026-11-01", "id-c 2026-11-05");
  }

  @Test
  void letAPayloadsColumnBeNamedLikeAFolder() {
    lake.schema(1, "year", ColumnType.TEXT);
    lake.commit(1)
        .eventIn("year=2026", "a", "2026-03-07 23:59:59", ", 'the payload''s' AS year")
        .write();
    lake.format("csv", "zstd");
    lake.commit(2)
        .eventIn("year=2026", "b", "2026-03-07 23:59:59", ", 'the payload''s' AS year")
        .write();

    assertThat(query("SELECT year FROM events")).containsOnly("the payload's").hasSize(2);
  }

  private void land() {
    lake.commit(1).event("a", "1").event("b", "1").duplicate("a", "1").rejected("r").write();
    lake.commit(2).conflict("a", "2", "1").write();
    lake.commit(3).from(LakeFixture.DLQ_SOURCE).deadLetter("r", "not_json", "{").write();
  }

  private List<String> query(String sql) {
    return query(sql, 1);
  }

  private List<String> query(String sql, int column) {
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
}
