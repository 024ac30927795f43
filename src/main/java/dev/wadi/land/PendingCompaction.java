package dev.wadi.land;

import java.util.List;

/**
 * A compaction of which something is left to be done.
 *
 * @param commit the compaction's id
 * @param objects the keys that it puts, or was about to
 */
public record PendingCompaction(String commit, List<String> objects) {

  public PendingCompaction {
    objects = List.copyOf(objects);
  }
}
