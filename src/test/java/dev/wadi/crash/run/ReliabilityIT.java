package dev.wadi.crash.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.crash.check.Verdict;
import dev.wadi.process.Servers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A short selection of the fault runs, by the embedded queue and store; kills at each point of a
 * commit are in {@code CrashIT}. The whole is run by {@code ./mvnw verify -Pcrash};
 * docs/reliability.md says what it has shown.
 */
@Tag("crash")
class ReliabilityIT {

  private static final int ITEMS = 300;
  private static final long LAST_CONTROL_SEED = 11;

  @TempDir static Path served;
  private static Servers servers;
  private static Senders senders;

  @TempDir Path folder;

  @BeforeAll
  static void serve() throws Exception {
    Servers.letThisProcessIn();
    servers = Servers.open(served, Servers.Service.SQS, Servers.Service.S3);
    senders = new Senders();
  }

  @AfterAll
  static void stop() throws Exception {
    if (senders != null) {
      senders.close();
      servers.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reset, 1",
    "lost-answer, 2",
    "refused, 3",
    "time-out, 4",
    "queue-down, 5",
    "store-down, 6",
    "dlq-down, 7",
    "pause, 11",
    "drop-kill-at-point@acknowledging, 23",
    "drop-store-down, 25",
    "poll-kill-at-point@poll-stored:3, 31",
    "poll-server-down, 32",
    "postgres-kill-at-point@acknowledged-postgres, 26",
    "postgres-down, 27",
    "http-kill-at-point@http-synced:9, 12",
    "http-kill-at-point@http-answered:5, 13",
    "http-lost-answer, 15"
  })
  void landsEveryEventOnceUnder(String fault, long seed) throws Exception {
    Verdict verdict = run(Contender.WADI, fault, seed);
    assertThat(verdict.findings()).as("seed %d of %s", seed, fault).isEmpty();
    assertThat(verdict.events()).isPositive();
  }

  /**
   * What it loses depends on where an outage meets it, so one that meets nothing proves nothing.
   */
  @Test
  void seesTheControlLoseEvents() throws Exception {
    long lost = 0;
    for (long seed = 6; lost == 0 && seed <= LAST_CONTROL_SEED; seed++) {
      lost = run(Contender.CONTROL, "store-down", seed).lost();
    }
    assertThat(lost).isPositive();
  }

  private Verdict run(Contender contender, String fault, long seed) throws Exception {
    Fault one = Faults.of(contender, List.of(fault)).get(0);
    Plan plan = new Plan(contender, one, seed, ITEMS);
    return new Run(plan, folder.resolve("run-" + contender + "-" + seed), servers, senders).go();
  }
}
