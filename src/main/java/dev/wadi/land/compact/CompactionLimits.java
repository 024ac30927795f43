package dev.wadi.land.compact;

import java.time.Duration;

/**
 * Which files are joined, and when what was replaced is deleted.
 *
 * @param targetBytes files are filled up to about this size; one of half of it is large enough to
 *     be left as it is
 * @param minFiles a partition with fewer small files is left as it is; 2 at least
 * @param minAge a file is left as it is until its commit is this old
 * @param keep how long a replaced file stays for queries that have begun to read it
 */
public record CompactionLimits(long targetBytes, int minFiles, Duration minAge, Duration keep) {

  public CompactionLimits {
    if (targetBytes < 2 || minFiles < 2) {
      throw new IllegalArgumentException(
          "not to be joined: %d files into %d bytes".formatted(minFiles, targetBytes));
    }
  }
}
