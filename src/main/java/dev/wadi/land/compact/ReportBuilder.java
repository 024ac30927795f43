package dev.wadi.land.compact;

import dev.wadi.land.StagedObject;
import java.util.ArrayList;
import java.util.List;

/** Counts what a compaction does. */
final class ReportBuilder {

  private final List<String> failures = new ArrayList<>();
  private int commits;
  private int partitions;
  private int filesBefore;
  private int filesAfter;
  private long rows;
  private long bytesBefore;
  private long bytesAfter;
  private int deleted;
  private int left;

  void joined(List<SmallFiles> replaced, List<StagedObject> objects) {
    commits++;
    partitions += replaced.size();
    for (SmallFiles files : replaced) {
      filesBefore += files.files().size();
      bytesBefore += files.bytes();
      rows += files.rows();
    }
    filesAfter += objects.size();
    bytesAfter += objects.stream().mapToLong(StagedObject::bytes).sum();
  }

  void failed(String failure) {
    failures.add(failure);
  }

  void deleted(int files) {
    deleted += files;
  }

  void left(List<SmallFiles> unjoinable) {
    left = unjoinable.stream().mapToInt(one -> one.files().size()).sum();
  }

  CompactionReport build() {
    return new CompactionReport(
        commits,
        partitions,
        filesBefore,
        filesAfter,
        rows,
        bytesBefore,
        bytesAfter,
        deleted,
        left,
        failures);
  }
}
