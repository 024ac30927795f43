package dev.wadi.lake;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The commits that have a marker, of all writers, whatever order their ids have.
 *
 * <p>A listing that is written to may have a marker and lack one that was put before it. So it is
 * made twice: what a commit of the first listing builds on was there before that listing ended, and
 * is in the second one. A commit that only the second one has is counted, but what it builds on may
 * be missing.
 *
 * @param all their ids, in order
 * @param late those that only the second listing has
 */
record MarkerListing(List<String> all, Set<String> late) {

  MarkerListing {
    all = List.copyOf(all);
    late = Set.copyOf(late);
  }

  static MarkerListing of(LakeObjects lake) {
    TreeSet<String> first = CommitNames.in(lake, CommitNames.MARKERS);
    TreeSet<String> second = CommitNames.in(lake, CommitNames.MARKERS);
    second.addAll(first);
    TreeSet<String> late = new TreeSet<>(second);
    late.removeAll(first);
    return new MarkerListing(List.copyOf(second), late);
  }
}
