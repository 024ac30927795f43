package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.util.List;
import java.util.Map;

/**
 * What a commit is made of: its batches in order, and what their undecided records turned out to
 * be. All of it is decided before any of it is noted: if a claim can't be asked for, the next cut,
 * perhaps of other batches, must find every account as it was.
 *
 * @param commit the commit's id, under which it holds its claims
 * @param refused batches that can never land, since another process has read on in their lines
 * @param isGivenUp whether the commit holds what it will not land, so that it must get its marker
 */
record CutBatches(
    String commit,
    List<Batch> batches,
    Map<Batch, Map<SourceRecord, Outcome>> decisions,
    List<Batch> refused,
    boolean isGivenUp) {

  /** Nothing is cut, and what the commit holds ends with its marker. */
  static CutBatches givenUp(String commit, List<Batch> refused) {
    return new CutBatches(commit, List.of(), Map.of(), refused, true);
  }

  /** Writes the decisions into the accounts. */
  void note() {
    for (Batch batch : batches) {
      decisions.get(batch).forEach(batch.account()::put);
    }
  }
}
