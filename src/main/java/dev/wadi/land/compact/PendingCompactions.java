package dev.wadi.land.compact;

import dev.wadi.land.CommitLog;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Manifest;
import dev.wadi.land.PendingCompaction;
import dev.wadi.land.Settlement;
import dev.wadi.land.StagedObject;
import dev.wadi.ops.Failpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * The compactions of which something is left to be done. Each has a record in the lake, from before
 * its intent until it is given up or what it replaced is deleted; so whatever a crash, or a writer
 * that gave it up, leaves behind is found again.
 */
final class PendingCompactions {

  private final LakeStore store;
  private final CommitLog log;
  private final Settlement settlement;
  private final Clock clock;
  private final Duration keep;

  /**
   * @param keep how long a replaced file stays
   */
  PendingCompactions(
      LakeStore store, CommitLog log, Settlement settlement, Clock clock, Duration keep) {
    this.store = store;
    this.log = log;
    this.settlement = settlement;
    this.clock = clock;
    this.keep = keep;
  }

  /** Names what a compaction is about to put. */
  void begin(String id, List<StagedObject> objects) {
    log.begin(new PendingCompaction(id, objects.stream().map(StagedObject::key).toList()));
  }

  /** Ends one that is given up and undone. */
  void end(String id) {
    log.end(id);
  }

  /**
   * Undoes those that don't stand, and deletes what the others replaced, if its time has come.
   * Every step can be repeated; the record goes last.
   *
   * @return how many files were deleted
   */
  int settle() {
    int deleted = 0;
    for (PendingCompaction compaction : log.pendingCompactions()) {
      Manifest marker = settlement.settle(compaction.commit(), compaction.objects());
      if (marker.isAborted()) {
        log.end(compaction.commit());
      } else if (isDue(marker)) {
        store.delete(marker.replaces());
        Failpoint.reach("deleted");
        log.end(compaction.commit());
        deleted += marker.replaces().size();
      }
    }
    return deleted;
  }

  /**
   * The lock keeps compactions of one data folder apart, and this those of several. Of two that are
   * at work at a time, each of which has begun before it looks, one at least sees the other, and
   * gives it up if it has no marker yet.
   *
   * @param id the compaction that looks, which has begun
   * @return whether another stands that has replaced any of these objects
   */
  boolean haveReplaced(List<String> keys, String id) {
    for (PendingCompaction other : log.pendingCompactions()) {
      if (!other.commit().equals(id)) {
        Manifest marker = settlement.settle(other.commit(), other.objects());
        if (!Collections.disjoint(marker.replaces(), keys)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isDue(Manifest marker) {
    Instant due = Instant.parse(marker.committedAt()).plus(keep);
    return !due.isAfter(clock.instant());
  }
}
