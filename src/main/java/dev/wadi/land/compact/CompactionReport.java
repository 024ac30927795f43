package dev.wadi.land.compact;

import java.util.List;

/**
 * What a compaction did.
 *
 * @param commits the commits that it made
 * @param partitions joined; one that took several steps counts as often
 * @param filesBefore small files that were replaced
 * @param filesAfter files that hold their rows now
 * @param rows that were moved
 * @param bytesBefore of the replaced files
 * @param bytesAfter of those that replace them
 * @param filesDeleted files that were replaced, by this compaction or one before, and are gone now
 * @param filesLeft small files of formats that can't be joined
 * @param failures partitions that could not be joined, and why
 */
public record CompactionReport(
    int commits,
    int partitions,
    int filesBefore,
    int filesAfter,
    long rows,
    long bytesBefore,
    long bytesAfter,
    int filesDeleted,
    int filesLeft,
    List<String> failures) {

  public CompactionReport {
    failures = List.copyOf(failures);
  }

  /** Whether everything was joined that was to be. */
  public boolean ok() {
    return failures.isEmpty();
  }
}
