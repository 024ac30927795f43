package dev.wadi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.ops.StageTimes.Stage;
import dev.wadi.ops.StageTimes.Taken;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BenchTextTest {

  private static final Workload WORKLOAD = new Workload(2_000_000, 1, 7, 0.01, 0.001);

  private final Map<Contestant, Measured> measured = new EnumMap<>(Contestant.class);

  @Test
  void comparesEventsASecondOfTheWorkAndOfTheProcess() {
    ingest(10, 8);
    measured.put(Contestant.BARE, measured(12, 11, Map.of(), 200_000_000, 100_000_000));
    measured.put(Contestant.BARE_HELD, Measured.failed(3, "out of memory"));
    assertThat(BenchText.of(report()))
        .contains("ingest : duckdb bare = 1.38 in events/s of the work, 1.20 of the process")
        .doesNotContain("ingest : duckdb bare, 1GB")
        .containsPattern("(?m)^ingest +10\\.00 +200,000 .* 5\\.00:1 +10\\.00:1$")
        .containsPattern("(?m)^duckdb bare, 1GB +3\\.00 +failed: out of memory$");
  }

  @Test
  void leavesForOtherWhatNoStageHasTaken() {
    ingest(10, 8);
    assertThat(BenchText.of(report()))
        .containsPattern("(?m)^write files +6\\.00 +5\\.00 +2\\.50 +50\\.0 %$")
        .containsPattern("(?m)^other .* +3\\.00 +1\\.50 +30\\.0 %$");
  }

  @Test
  void sharesTheWholeMemoryOutOverTheEvents() {
    ingest(10, 8);
    assertThat(BenchText.of(report())).containsPattern("(?m)^MB of memory per 100 .*< 50 +0\\.032");
  }

  @Test
  void saysUnknownWhereTheSystemTellsNoPeak() throws Exception {
    SelfReport blind = new SelfReport(2_000_000, 8, 10, 11, -1, 2, 1, Map.of());
    measured.put(Contestant.INGEST, new Measured(10, blind, new Written(9, 200_000_000, 1), null));
    assertThat(BenchText.of(report()))
        .containsPattern("(?m)^MB of memory per 100 .*< 50 +unknown$");
    JsonNode json = new ObjectMapper().readTree(BenchJson.of(report()));
    assertThat(json.get("ingest").get("peak_rss_bytes").isNull()).isTrue();
  }

  @Test
  void aReportComesBackFromItsLine() {
    SelfReport report =
        new SelfReport(5, 1.5, 2, 2.5, 1024, 3, 0.5, Map.of(Stage.WRITE, new Taken(0.25, 0.125)));
    assertThat(SelfReport.of(report.line())).contains(report);
    assertThat(SelfReport.of("wadi: something else")).isEmpty();
  }

  @Test
  void theIngestRunsAsTheLauncherStartsIt() {
    assertThat(Path.of("wadi"))
        .content()
        .contains("\"" + String.join(" ", ChildJvm.OPTIONS) + "\"");
  }

  private BenchReport report() {
    return new BenchReport(
        WORKLOAD, 1, 1_000_000_000, new Machine(2, 8_000_000_000L, "Linux amd64", "17"), measured);
  }

  private void ingest(double seconds, double workSeconds) {
    Map<Stage, Taken> stages = new EnumMap<>(Stage.class);
    stages.put(Stage.DECODE, new Taken(2, 2));
    stages.put(Stage.WRITE, new Taken(6, 5));
    measured.put(
        Contestant.INGEST, measured(seconds, workSeconds, stages, 200_000_000, 100_000_000));
  }

  private static Measured measured(
      double seconds, double workSeconds, Map<Stage, Taken> stages, long bytes, long docBytes) {
    SelfReport said = new SelfReport(2_000_000, workSeconds, 10, 11, 640_000_000, 2, 1, stages);
    return new Measured(seconds, said, new Written(9, bytes, docBytes), null);
  }
}
