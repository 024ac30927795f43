package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFolder;
import dev.wadi.lake.Tables;
import dev.wadi.lake.Verification;
import dev.wadi.ops.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The live routes that write other formats and folders than the usual, on the embedded servers. */
@Tag("integration")
class FormatsIT {

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource({"jsonl,zstd,jsonl.zst", "csv,gzip,csv.gz"})
  void landAreReadAndFillALedgerThatIsGone(String format, String compression, String extension)
      throws Exception {
    Map<String, String> settings =
        Map.of(
            Setting.LAND_FORMAT.property(), format,
            Setting.LAND_COMPRESSION.property(), compression,
            Setting.LAND_PARTITION.property(), "event_type,year,month,day");
    try (RouteFixture wadi = new RouteFixture(data, null, settings)) {
      wadi.start();
      wadi.send("[" + RouteFixture.event("a", "007") + "," + RouteFixture.event("b", "s") + "]");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      wadi.send("no event");
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && query("FROM dead_letters").size() == 1);
    }
    delete(data.resolve(".wadi/ledger"));
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send(RouteFixture.event("a", "007"));
      wadi.send(RouteFixture.event("b", "another"));
      wadi.send(RouteFixture.event("c", "new"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
    }

    assertThat(files("events"))
        .anySatisfy(
            file ->
                assertThat(file)
                    .matches(
                        "event_type=[^/]+/year=2026/month=11/day=20/[0-9A-Z]+-0\\." + extension))
        .anySatisfy(file -> assertThat(file).endsWith(".parquet"))
        .hasSize(2);
    assertThat(query("SELECT event_id || ' ' || subject_id FROM events ORDER BY 1"))
        .containsExactly("a 007", "b s", "c new");
    assertThat(query("SELECT event_id FROM duplicates")).containsExactly("a");
    assertThat(query("SELECT event_id FROM conflicts")).containsExactly("b");
    assertThat(query("SELECT DISTINCT event_date FROM events")).containsExactly("2026-11-20");
    assertThat(new Verification(LakeFolder.of(data), true).run().findings()).isEmpty();
  }

  @Test
  void refuseFoldersThatAreNamedLikeAColumnOfTheLake() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.start();
      wadi.send(RouteFixture.event("a", "s").replace("\"content\":{}", "\"content\":{},\"x\":1"));
      wadi.send(RouteFixture.event("b", "s").replaceFirst("\\{", "{\"year\":2026,"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
    }
    Map<String, String> byYear = Map.of(Setting.LAND_PARTITION.property(), "year");
    assertThatThrownBy(() -> new RouteFixture(data, null, byYear))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi.land.partition is 'year'")
        .hasMessageContaining("a column year of their own");
  }

  private List<String> files(String table) throws IOException {
    Path folder = data.resolve("lake").resolve(table);
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Tables tables = Tables.open(LakeFolder.of(data), sql);
        ResultSet rows = tables.query()) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
