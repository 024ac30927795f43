package dev.wadi.land.feed;

import dev.wadi.land.CommitIds;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Which commits a feed need not look at any more: all up to one, and some behind it. Where several
 * processes write, a commit may appear behind one of a greater id; so those are kept one by one
 * until none can. For one thread.
 */
final class Progress {

  private final TreeSet<String> beyond = new TreeSet<>();

  /** Never in a note: the ids of compactions may be ahead of those of commits that are to come. */
  private final TreeSet<String> passedOver = new TreeSet<>();

  private String through;
  private long rows;

  Progress(String through, Collection<String> beyond, long rows) {
    this.through = through;
    this.beyond.addAll(beyond);
    this.rows = rows;
  }

  /** All commits up to this one are done with; null if none is. */
  String through() {
    return through;
  }

  /** Those behind it that are done with too. */
  List<String> beyond() {
    return List.copyOf(beyond);
  }

  long rows() {
    return rows;
  }

  boolean isDone(String commit) {
    return through != null && commit.compareTo(through) <= 0
        || beyond.contains(commit)
        || passedOver.contains(commit);
  }

  /** What has landed nothing, or doesn't stand, is done with. */
  void passOver(String commit) {
    passedOver.add(commit);
  }

  /** A commit is done with. */
  void done(String commit, long handedOn) {
    beyond.add(commit);
    rows += handedOn;
  }

  /**
   * Keeps no longer one by one what no other commit can appear among.
   *
   * @param firstOpen a commit at or before which one may still appear; null if there is none
   * @param noneBefore no commit with an id of an earlier time can appear any more
   */
  void settle(String firstOpen, Instant noneBefore) {
    while (!beyond.isEmpty()) {
      String first = beyond.first();
      if (firstOpen != null && first.compareTo(firstOpen) >= 0
          || !CommitIds.time(first).isBefore(noneBefore)) {
        return;
      }
      through = beyond.pollFirst();
      passedOver.headSet(through, true).clear();
    }
  }
}
