package dev.wadi.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ReportTest {

  @TempDir Path data;

  @Test
  void givesTheHeaderAndTheRowsAsTexts() {
    LakeFixture lake = new LakeFixture(data);
    lake.commit(1).event("a", "1", "t", "2026-11-01", ", 5::BIGINT AS size").write();
    lake.commit(2).event("b", "1", "t", "2026-11-01", ", '' AS note").write();

    try (Report report =
        report("SELECT event_id, event_time, size, note FROM events ORDER BY event_id")) {
      assertThat(all(report.rows()))
          .containsExactly(
              List.of("event_id", "event_time", "size", "note"),
              Arrays.asList("id-a", "2026-11-01T12:00:00Z", "5", null),
              Arrays.asList("id-b", "2026-11-01T12:00:00Z", null, ""));
    }
  }

  @Test
  void givesLargeResultsInChunks() {
    new LakeFixture(data).commit(1).event("a", "1").write();
    try (Report report = report("SELECT r FROM events, range(2500) t(r) ORDER BY r")) {
      Iterator<List<List<String>>> chunks = report.rows();
      List<Integer> sizes = new ArrayList<>();
      List<String> values = new ArrayList<>();
      while (chunks.hasNext()) {
        List<List<String>> chunk = chunks.next();
        sizes.add(chunk.size());
        chunk.forEach(row -> values.add(row.get(0)));
      }

      assertThat(sizes).containsExactly(1000, 1000, 501);
      assertThat(values).hasSize(2501).doesNotHaveDuplicates().startsWith("r", "0", "1");
      assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void hasAHeaderBeforeAnythingLanded() throws IOException {
    Files.createDirectories(data.resolve("lake"));
    try (Report report = report("SELECT event_id FROM events")) {
      assertThat(all(report.rows())).containsExactly(List.of("event_id"));
    }
  }

  @Test
  void isOnlyReplacedWhenItIsWhole() throws IOException {
    new LakeFixture(data).commit(1).event("a", "1").write();
    Path file = data.resolve("lake").resolve(Report.KEY);
    try (Report report = report("SELECT event_id FROM events")) {
      report.rows();
      report.append("first".getBytes(StandardCharsets.UTF_8));
      assertThat(file).doesNotExist();
      report.publish();
      assertThat(file).hasContent("first");

      report.rows();
      report.append("second, broken off".getBytes(StandardCharsets.UTF_8));
      report.rows();
      report.append("third".getBytes(StandardCharsets.UTF_8));
      assertThat(file).hasContent("first");
      report.publish();
      assertThat(file).hasContent("third");
    }
    assertThat(new Verification(LakeFolder.of(data), false).run().findings()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithItsQueryAndLeavesTheLastOne() throws IOException {
    LakeFixture lake = new LakeFixture(data);
    lake.commit(1).event("a", "1").write();
    lake.write(Report.KEY, "the last one");
    try (Report report = report("SELECT colour FROM events")) {
      assertThatThrownBy(report::rows)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("\"colour\" not found");
    }
    try (Report report = report("DROP VIEW events")) {
      assertThatThrownBy(report::rows)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("read-only");
    }
    assertThat(data.resolve("lake").resolve(Report.KEY)).hasContent("the last one");
  }

  private Report report(String sql) {
    return new Report(data, sql, data.resolve(".wadi/temporary"));
  }

  private static List<List<String>> all(Iterator<List<List<String>>> chunks) {
    List<List<String>> rows = new ArrayList<>();
    chunks.forEachRemaining(rows::addAll);
    return rows;
  }
}
