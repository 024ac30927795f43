package dev.wadi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark measures what it says; never how fast that is. Needs the packaged jar. */
@Tag("integration")
class BenchIT {

  private static final String FIGURE = "[\\d,]+(\\.\\d+)?";

  @TempDir private Path folder;

  @Test
  void printsEachContestantTheirRatioTheStagesAndTheBars() throws Exception {
    List<String> lines = bench("--events", "5000");
    for (Contestant contestant : Contestant.values()) {
      assertThat(lines)
          .filteredOn(line -> line.startsWith(contestant.title() + "  "))
          .singleElement()
          .asString()
          .matches(
              contestant.title() + "( +" + FIGURE + "){9} +" + FIGURE + ":1 +" + FIGURE + ":1");
    }
    assertThat(lines)
        .anyMatch(line -> line.matches("ingest : duckdb bare = " + FIGURE + " in .*"))
        .anyMatch(line -> line.matches("write files( +" + FIGURE + "){4} %"))
        .anyMatch(line -> line.matches("events/s +> 100 +" + FIGURE))
        .anyMatch(line -> line.matches("raw:written +>= 2:1 +" + FIGURE + ":1"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysTheSameAsJson() throws Exception {
    List<String> lines = bench("--events", "1000", "--json", "--runs", "2", "--keep");
    JsonNode report = new ObjectMapper().readTree(String.join("", lines));
    assertThat(report.get("runs").asInt()).isEqualTo(2);
    for (String contestant : List.of("ingest", "bare", "bare_held")) {
      JsonNode one = report.get(contestant);
      assertThat(one.get("work_seconds").asDouble())
          .isPositive()
          .isLessThan(one.get("seconds").asDouble());
      assertThat(one.get("cpu_seconds").asDouble())
          .isGreaterThan(one.get("work_cpu_seconds").asDouble());
      assertThat(one.get("doc_bytes").asLong())
          .isPositive()
          .isLessThan(one.get("written_bytes").asLong());
    }
    for (String stage : List.of("read", "decode", "decide", "fill", "write", "publish", "ledger")) {
      assertThat(report.get("stages").get(stage).get("seconds").asDouble()).as(stage).isPositive();
    }
    assertThat(folder).isNotEmptyDirectory();
  }

  private List<String> bench(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bench", "--dir", folder.toString()));
    command.addAll(List.of(words));
    try (WadiProcess wadi = WadiProcess.start(Map.of(), command.toArray(String[]::new))) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isZero();
      return wadi.output();
    }
  }
}
