package dev.wadi;

import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DerivedLedger;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.land.CommitIds;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.ops.Closing;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** What the only writer of a lake knows of it, brought up to date; and the ids behind its last. */
final class LocalLedger implements AutoCloseable {

  final LakeCommits commits;
  final SegmentLedger ledger;
  final CommitIds ids;

  private final LakeState lake;
  private final Closing closing = new Closing();

  /**
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws dev.wadi.event.SetupException if a folder can't be used
   */
  LocalLedger(LakeState lake, DataFolder data, Clock clock) {
    this.lake = lake;
    commits =
        closing.opened(
            new LakeCommits(lake.log, new LandedKeyReader(lake.store, data.state("temporary"))));
    ledger = closing.opened(DerivedLedger.open(data.state(Ledgers.LEDGER)));
    new CatchUp(commits, clock).ledger(ledger);
    commits.close();
    ids = new CommitIds(clock, new SecureRandom(), lastCommit());
  }

  /** The greatest commit id of the lake, aborted ones included; null if there is none. */
  String lastCommit() {
    String known = ledger.lastCommit();
    return Stream.concat(
            Stream.of(known).filter(Objects::nonNull), lake.log.settledAfter(known).stream())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  @Override
  public void close() {
    closing.close();
  }
}
