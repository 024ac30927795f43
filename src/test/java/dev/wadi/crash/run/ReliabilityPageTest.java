package dev.wadi.crash.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the page says what the results say. */
@Tag("unit")
class ReliabilityPageTest {

  @TempDir Path folder;

  @Test
  void isMadeOfTheResultsAndOfNothingElse() throws Exception {
    List<RunResult> results = new Results(Path.of("docs/reliability/runs.csv")).all();
    Path page = Path.of("docs/reliability.md");
    if (Boolean.getBoolean("wadi.docs.update")) {
      ReliabilityPage.write(page, results);
    }
    assertThat(Files.readString(page))
        .as("docs/reliability.md; a run of the harness writes it, and -Dwadi.docs.update=true")
        .isEqualTo(ReliabilityPage.text(results));
  }

  @Test
  void addsUpTheRunsOfAFaultForEach() throws Exception {
    String page =
        ReliabilityPage.text(
            List.of(
                result(Contender.WADI, "kill@staged", 3, 0, 0),
                result(Contender.WADI, "kill@intent", 9, 0, 0),
                result(Contender.CONTROL, "kill", 4, 7, 2)));
    assertThat(page)
        .contains("| `kill` | 2 | 200 | **0** | **0** | 3-9 | 1 | 100 | **7** | **2** | 4-4 |")
        .contains("`intent` 1, `staged` 1");
  }

  @Test
  void readsBackWhatARunHasLeft() throws Exception {
    Results results = new Results(folder.resolve("runs.csv"));
    RunResult one = result(Contender.WADI, "reset", 1, 0, 0);
    RunResult other = result(Contender.CONTROL, "reset", 1, 5, 1);
    results.add(one);
    results.add(other);
    assertThat(results.all()).containsExactly(one, other);
  }

  private static RunResult result(
      Contender contender, String fault, long seed, int lost, int twice) {
    return new RunResult(
        Instant.parse("2026-11-21T12:00:00Z"),
        "abc",
        contender,
        fault,
        seed,
        100,
        lost,
        twice,
        0,
        lost + twice == 0,
        4.5);
  }
}
