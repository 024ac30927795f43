package dev.wadi.land;

import java.util.List;
import java.util.Objects;

/**
 * A compaction of which something is left to be done.
 *
 * @param commit the compaction's id
 * @param objects the keys that it puts, or was about to
 */
public record PendingCompaction(String commit, List<String> objects) {

  public PendingCompaction {
    Objects.requireNonNull(commit, "commit");
    objects = List.copyOf(objects);
  }
}
