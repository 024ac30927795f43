package dev.wadi.land.compact;

import dev.wadi.land.CommitIds;
import dev.wadi.land.Manifest.LandedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which files are joined. Each join leaves at most one small file in its partition, so that
 * what was joined is not joined again until others have come.
 */
final class Planner {

  /** More are joined in several steps, so that what one takes is bounded. */
  private static final int MOST_FILES = 1000;

  private static final int MOST_TARGETS = 4;

  private final CompactionLimits limits;

  Planner(CompactionLimits limits) {
    this.limits = limits;
  }

  /** What there is to join, in the order of the partitions. */
  List<SmallFiles> plan(Collection<LandedFile> current, Instant now) {
    Map<String, List<LandedFile>> partitions = new TreeMap<>();
    for (LandedFile file : current) {
      if (isSmall(file) && isOld(file, now)) {
        partitions
            .computeIfAbsent(file.folder() + "*." + extension(file), name -> new ArrayList<>())
            .add(file);
      }
    }
    return partitions.values().stream()
        .filter(files -> files.size() >= limits.minFiles())
        .map(this::firstOf)
        .toList();
  }

  private SmallFiles firstOf(List<LandedFile> files) {
    files.sort(Comparator.comparing(LandedFile::key));
    List<LandedFile> first = new ArrayList<>();
    long bytes = 0;
    for (LandedFile file : files) {
      if (first.size() == MOST_FILES
          || (first.size() > 1 && bytes + file.bytes() > MOST_TARGETS * limits.targetBytes())) {
        break;
      }
      first.add(file);
      bytes += file.bytes();
    }
    return new SmallFiles(first.get(0).folder(), extension(first.get(0)), first);
  }

  private boolean isSmall(LandedFile file) {
    return file.bytes() < limits.targetBytes() / 2;
  }

  private boolean isOld(LandedFile file, Instant now) {
    // a clock that went back must not keep young what is asked for at any age
    return limits.minAge().isZero()
        || !CommitIds.time(file.commit()).plus(limits.minAge()).isAfter(now);
  }

  private static String extension(LandedFile file) {
    return name(file).substring(name(file).indexOf('.') + 1);
  }

  private static String name(LandedFile file) {
    return file.key().substring(file.folder().length());
  }
}
