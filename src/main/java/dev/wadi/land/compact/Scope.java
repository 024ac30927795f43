package dev.wadi.land.compact;

import dev.wadi.land.Manifest.LandedFile;
import java.util.HashSet;
import java.util.Set;

/**
 * What one run of a compaction looks at: what was there when it began, and what it makes of that.
 * Beside a writer that goes on, it would never end otherwise.
 */
final class Scope {

  private final String last;
  private final Set<String> made = new HashSet<>();
  private final Set<String> left = new HashSet<>();

  /**
   * @param last the last commit when the run began; null if there was none
   */
  Scope(String last) {
    this.last = last;
  }

  /** Notes a commit of this run. */
  void made(String commit) {
    made.add(commit);
  }

  /** Notes files that are to be left as they are. */
  void leave(SmallFiles files) {
    left.add(files.name());
  }

  boolean has(LandedFile file) {
    String commit = file.commit();
    return made.contains(commit) || (last != null && commit.compareTo(last) <= 0);
  }

  boolean has(SmallFiles files) {
    return !left.contains(files.name());
  }
}
