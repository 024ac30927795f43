package dev.wadi.crash;

import dev.wadi.deduplicate.Ledger;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.SegmentLedger;
import java.nio.file.Path;

/** Appends to a ledger until it is killed, and says the number of each commit that it has. */
final class LedgerFiller {

  static final int KEYS = 20_000;

  private LedgerFiller() {}

  public static void main(String[] args) {
    try (Ledger ledger = SegmentLedger.open(Path.of(args[0]), OnDamage.FALL_BACK)) {
      for (int commit = last(ledger) + 1; ; commit++) {
        long[] hashes = new long[KEYS];
        ledger.append(id(commit), halves(commit, 1), halves(commit, 2), hashes, KEYS);
        System.out.println(commit);
      }
    }
  }

  static String id(int commit) {
    return String.format("%026d", commit);
  }

  /** The number of the last commit. */
  static int last(Ledger ledger) {
    return ledger.lastCommit() == null ? 0 : Integer.parseInt(ledger.lastCommit());
  }

  /** One half of the keys of a commit, spread as evenly as hashes are. */
  static long[] halves(int commit, int half) {
    long[] halves = new long[KEYS];
    for (int i = 0; i < KEYS; i++) {
      long z = (2L * (commit * (long) KEYS + i) + half) * 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      halves[i] = z ^ z >>> 31;
    }
    return halves;
  }
}
