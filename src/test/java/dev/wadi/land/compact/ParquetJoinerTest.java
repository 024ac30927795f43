package dev.wadi.land.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.ColumnType;
import dev.wadi.land.format.Compression;
import dev.wadi.land.format.FileStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ParquetJoinerTest {

  private static final long TARGET = 1 << 20;
  private static final long MEMORY = 256 << 20;

  @TempDir Path folder;

  @Test
  void givesTheColumnsOfAllFilesWithTheDocumentLast() throws Exception {
    List<Path> files =
        List.of(
            write("SELECT 'k1' AS event_key, 'x' AS only_first, '{}' AS _doc"),
            write("SELECT 'k2' AS event_key, true AS \"only\"\"second\", '{}' AS _doc"));

    Path joined = join(Map.of(), files).get(0).file();

    assertThat(query("SELECT name FROM parquet_schema('%s') WHERE num_children IS NULL", joined))
        .containsExactly("event_key", "only_first", "only\"second", "_doc");
    assertThat(query("SELECT event_key || coalesce(only_first, '-') FROM '%s' ORDER BY 1", joined))
        .containsExactly("k1x", "k2-");
  }

  @Test
  void takesTheWiderOfTwoNumericTypes() throws Exception {
    List<Path> files =
        List.of(write("SELECT 5::BIGINT AS size"), write("SELECT 5.5::DOUBLE AS size"));

    Path joined = join(Map.of(), files).get(0).file();

    assertThat(query("SELECT typeof(size) || size FROM '%s' ORDER BY size", joined))
        .containsExactly("DOUBLE5.0", "DOUBLE5.5");
  }

  @Test
  void takesTheTypeToWhichTheLakeHasWidenedAColumn() throws Exception {
    List<Path> files =
        List.of(write("SELECT 5::BIGINT AS size"), write("SELECT 6::BIGINT AS size"));

    Path joined = join(Map.of("size", ColumnType.DOUBLE), files).get(0).file();

    assertThat(query("SELECT typeof(size) || size FROM '%s' ORDER BY size", joined))
        .containsExactly("DOUBLE5.0", "DOUBLE6.0");
  }

  @Test
  void keepsTimesAsMomentsInUtc() throws Exception {
    Path file = write("SELECT TIMESTAMPTZ '2026-11-21 12:00:00.123456Z' AS event_time");

    Path joined = join(Map.of(), List.of(file, file)).get(0).file();

    assertThat(
            query(
                "SELECT typeof(event_time) || epoch_us(event_time) FROM '%s' GROUP BY ALL", joined))
        .containsExactly("TIMESTAMP WITH TIME ZONE1795262400123456");
    assertThat(query("SELECT logical_type FROM parquet_schema('%s') OFFSET 1", joined).get(0))
        .contains("isAdjustedToUTC=1");
  }

  @Test
  void sortsRowsByTimeAndFillsFilesUpToTheTarget() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      files.add(
          write(
              "SELECT md5((i + %d)::VARCHAR) AS event_key,".formatted(n * 100_000)
                  + " TIMESTAMPTZ '2026-11-21 00:00:00Z' + INTERVAL (hash(i) %% 80000) SECOND"
                      .formatted()
                  + " AS event_time FROM range(120000) t(i)"));
    }

    List<FileStats> joined = join(Map.of(), files);

    assertThat(joined).hasSizeGreaterThan(2);
    assertThat(joined.stream().mapToLong(FileStats::rows).sum()).isEqualTo(480_000);
    String lastOfBefore = "";
    for (FileStats file : joined.subList(0, joined.size() - 1)) {
      assertThat(file.bytes()).isGreaterThanOrEqualTo(TARGET);
    }
    for (FileStats file : joined) {
      List<String> span =
          query("SELECT min(event_time) || ' ' || max(event_time) FROM '%s'", file.file());
      assertThat(span.get(0)).isGreaterThanOrEqualTo(lastOfBefore);
      lastOfBefore = span.get(0).substring(span.get(0).length() / 2 + 1);
      assertThat(Files.size(file.file())).isEqualTo(file.bytes());
      assertThat(
              query(
                  "SELECT count(*) FROM (SELECT event_time < lag(event_time)"
                      + " OVER (ORDER BY file_row_number) AS falls"
                      + " FROM read_parquet('%s', file_row_number = true)) WHERE falls",
                  file.file()))
          .containsExactly("0");
    }
  }

  @Test
  void keepsEveryRowOfMoreThanItsMemoryHolds() throws Exception {
    Path file =
        write(
            "SELECT md5(i::VARCHAR) AS event_key, TIMESTAMPTZ '2026-11-21 00:00:00Z'"
                + " + INTERVAL (hash(i) % 80000) SECOND AS event_time,"
                + " repeat(md5(i::VARCHAR), 60) AS _doc FROM range(20000) t(i)");

    List<FileStats> joined = join(Map.of(), Collections.nCopies(10, file));

    assertThat(joined.stream().mapToLong(FileStats::rows).sum()).isEqualTo(200_000);
    assertThat(
            query(
                "SELECT count(DISTINCT event_key) || ' ' || min(length(_doc)) FROM '%s/*.parquet'",
                joined.get(0).file().getParent()))
        .containsExactly("20000 1920");
  }

  @Test
  void leavesRowsTooWideForItsMemoryAndJoinsOthers() throws Exception {
    Path wide = write("SELECT repeat(md5(i::VARCHAR), 4000) AS _doc FROM range(4000) t(i)");
    Path narrow = write("SELECT '{}' AS _doc");
    try (ParquetJoiner joiner = joiner(Map.of())) {
      Path target = Files.createTempDirectory(folder, "joined");
      assertThatThrownBy(() -> joiner.join(List.of(wide, wide), target))
          .isInstanceOf(UnjoinableException.class)
          .hasMessageContaining("Out of Memory");

      assertThat(
              joiner
                  .join(List.of(narrow, narrow), Files.createTempDirectory(folder, "joined"))
                  .get(0)
                  .rows())
          .isEqualTo(2);
    }
  }

  @Test
  void leavesFilesThatCannotBeRead() throws Exception {
    Path broken = folder.resolve("broken.parquet");
    Files.write(broken, new byte[100]);

    assertThatThrownBy(() -> join(Map.of(), List.of(write("SELECT 1 AS a"), broken)))
        .isInstanceOf(UnjoinableException.class)
        .hasMessageContaining("broken.parquet");
  }

  private List<FileStats> join(Map<String, ColumnType> types, List<Path> files)
      throws UnjoinableException, IOException {
    try (ParquetJoiner joiner = joiner(types)) {
      return joiner.join(files, Files.createTempDirectory(folder, "joined"));
    }
  }

  private ParquetJoiner joiner(Map<String, ColumnType> types) {
    return new ParquetJoiner(types, Compression.ZSTD, TARGET, MEMORY, folder.resolve("spill"));
  }

  private Path write(String select) throws SQLException, IOException {
    Path file = Files.createTempFile(folder, "it's ", ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
              .formatted(select, file.toString().replace("'", "''")));
    }
    return file;
  }

  private static List<String> query(String sql, Path file) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet rows =
          statement.executeQuery(sql.formatted(file.toString().replace("'", "''")))) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
