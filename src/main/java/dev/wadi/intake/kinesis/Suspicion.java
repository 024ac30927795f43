package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import dev.wadi.event.Isolation;
import java.util.Optional;

/**
 * Finds the record that fails every batch that it is in: after some failures that may be a batch's
 * own, batches become smaller, down to one record. What fails alone again and again becomes a dead
 * letter. Not thread-safe: the line guards it.
 */
final class Suspicion {

  /** So many failures in a row are nobody's fault. */
  static final int TOLERATED = 3;

  private final int isolateAfter;
  private final Trust trust;
  private int failures;
  private int mostRecords = Integer.MAX_VALUE;
  private Position until;
  private int failuresAlone;
  private Isolation isolation;

  /**
   * @param isolateAfter so many failures alone make a record a dead letter; 0: none ever
   */
  Suspicion(int isolateAfter, Trust trust) {
    this.isolateAfter = isolateAfter;
    this.trust = trust;
  }

  /** The most records of the next batch. */
  int mostRecords() {
    return mostRecords;
  }

  /** Whether batches are small by now, and go one after the other. */
  boolean isRoused() {
    return mostRecords != Integer.MAX_VALUE;
  }

  /** Whether failures go on for so long that the position itself may be in doubt. */
  boolean isPersistent() {
    return failures >= TOLERATED;
  }

  /** How the next batch is to travel. */
  void mark(Batch batch) {
    if (isRoused()) {
      batch.travelAlone();
    }
    Optional.ofNullable(isolation).ifPresent(batch::isolate);
  }

  /**
   * A batch has failed, and no outage is to blame.
   *
   * @param reason what failed it
   */
  void failed(Handed handed, String reason) {
    failures++;
    if (failures < TOLERATED && !isRoused()) {
      return;
    }
    int records = handed.records().size();
    until = until == null || until.compareTo(handed.to()) < 0 ? handed.to() : until;
    mostRecords = Math.max(1, records / 2);
    failuresAlone = records == 1 ? failuresAlone + 1 : 0;
    if (isolateAfter > 0 && failuresAlone >= isolateAfter && (isolation != null || trust.blame())) {
      isolation = Isolation.failed(failuresAlone, reason);
    }
  }

  /** All up to a position has landed. */
  void landed(Position to) {
    failures = 0;
    failuresAlone = 0;
    isolation = null;
    if (until != null && to.compareTo(until) >= 0) {
      until = null;
      mostRecords = Integer.MAX_VALUE;
    }
  }
}
