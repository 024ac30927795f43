package dev.wadi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.deduplicate.Ledger;
import dev.wadi.deduplicate.LedgerStatus;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process with SIGKILL while it appends to a ledger and merges it. */
@Tag("crash")
class LedgerCrashIT {

  @TempDir Path folder;

  @Test
  void hasEachCommitThatWasAcknowledgedAndEachWhollyOrNotAtAll() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 5; round++) {
      int acknowledged = fillAndKill(5 + random.nextInt(40));

      assertThat(Integer.parseInt(LedgerStatus.of(folder).lastCommit()))
          .isGreaterThanOrEqualTo(acknowledged);
      try (Ledger ledger = SegmentLedger.open(folder, OnDamage.REFUSE)) {
        int last = LedgerFiller.last(ledger);
        assertThat(last).isGreaterThanOrEqualTo(acknowledged);
        for (int commit = 1; commit <= last; commit++) {
          assertThat(found(ledger, commit)).as("commit " + commit).isEqualTo(LedgerFiller.KEYS);
        }
        assertThat(found(ledger, last + 1)).isZero();
      }
    }
  }

  /** Returns the last commit that the process has said to have, of so many more. */
  private int fillAndKill(int commits) throws Exception {
    Process filler =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LedgerFiller.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = 0;
    try (BufferedReader said = filler.inputReader()) {
      for (int i = 0; i < commits; i++) {
        last = Integer.parseInt(said.readLine());
      }
      filler.destroyForcibly().waitFor();
    }
    return last;
  }

  private static int found(Ledger ledger, int commit) {
    boolean[] found = new boolean[LedgerFiller.KEYS];
    ledger.find(
        LedgerFiller.halves(commit, 1),
        LedgerFiller.halves(commit, 2),
        LedgerFiller.KEYS,
        new long[LedgerFiller.KEYS],
        found);
    int count = 0;
    for (boolean one : found) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
