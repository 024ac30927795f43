package dev.wadi.deduplicate;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a ledger. Whatever a killed process left, opening finds segments that follow each
 * other without a gap from the first append on, and removes the rest: unfinished files, and inputs
 * of a merge whose output is there. What it does about damage is said in {@link OnDamage}.
 */
final class SegmentFolder {

  /** Up to so many bytes of records are checked before the ledger is used, the rest behind. */
  static final long CHECKED_AT_OPEN = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SegmentFolder.class);
  private static final String DAMAGED = ".damaged";

  private final Path path;
  private final OnDamage onDamage;
  private final long checkedAtOpen;
  private final List<Segment> unchecked = new ArrayList<>();

  SegmentFolder(Path path, OnDamage onDamage, long checkedAtOpen) {
    this.path = path;
    this.onDamage = onDamage;
    this.checkedAtOpen = checkedAtOpen;
  }

  /** The segments, oldest first. */
  List<Segment> open() throws IOException {
    Files.createDirectories(path);
    List<SegmentRange> found = ranges();
    List<Segment> whole = openWhole(found);
    List<Segment> chain = chain(whole);
    long end = end(chain);
    if (found.stream().anyMatch(range -> range.to() > end)) {
      String hole = "appends from " + (end + 1) + " on are damaged or missing";
      if (onDamage == OnDamage.REFUSE) {
        throw damaged(hole, null);
      }
      LOG.warn("{}: {}; they are read from the lake again", path, hole);
    }
    sweep(chain, whole, found);
    unchecked.retainAll(chain);
    return chain;
  }

  /** Those of the opened segments whose records have not been compared with their checksum. */
  List<Segment> unchecked() {
    return List.copyOf(unchecked);
  }

  /** Takes a segment out of what the next opening finds. */
  void setAside(SegmentRange range) throws IOException {
    Files.move(
        path.resolve(range.fileName()),
        path.resolve(range.fileName() + DAMAGED),
        StandardCopyOption.REPLACE_EXISTING);
    SegmentWriter.force(path);
  }

  /** Deletes files that aren't needed; one that can't be deleted now goes at the next opening. */
  void delete(List<Segment> segments) {
    for (Segment segment : segments) {
      try {
        Files.deleteIfExists(segment.path());
      } catch (IOException e) {
        LOG.warn("{} can't be deleted yet: {}", segment.path(), e.toString());
      }
    }
  }

  SetupException damaged(String what, Throwable cause) {
    return new SetupException(
        onDamage == OnDamage.REFUSE
            ? path + ": " + what + "; restore it from a copy, or delete it and lose its keys"
            : path + ": " + what + "; start again, and it is repaired from the lake",
        cause);
  }

  private List<SegmentRange> ranges() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .flatMap(file -> SegmentRange.parse(file.getFileName().toString()).stream())
          .sorted(
              Comparator.comparingLong(SegmentRange::from)
                  .thenComparing(Comparator.comparingLong(SegmentRange::to).reversed()))
          .toList();
    }
  }

  // newest first, since a crash or a full disk is likeliest to have hurt the newest, and only so
  // many bytes are checked here
  private List<Segment> openWhole(List<SegmentRange> found) throws IOException {
    List<Segment> whole = new ArrayList<>();
    long budget = checkedAtOpen;
    for (int i = found.size() - 1; i >= 0; i--) {
      try {
        Segment segment = Segment.open(path, found.get(i));
        budget -= segment.footer().recordsLength();
        if (budget >= 0) {
          segment.check(() -> false);
        } else {
          unchecked.add(segment);
        }
        whole.add(0, segment);
      } catch (DamagedSegmentException e) {
        LOG.warn("{} is damaged: {}", path.resolve(found.get(i).fileName()), e.getMessage());
      }
    }
    return whole;
  }

  /** The longest segments that follow each other from append 1 on. */
  private static List<Segment> chain(List<Segment> whole) {
    List<Segment> chain = new ArrayList<>();
    for (Segment segment : whole) {
      if (segment.range().from() == end(chain) + 1) {
        chain.add(segment);
      }
    }
    return chain;
  }

  private static long end(List<Segment> chain) {
    return chain.isEmpty() ? 0 : chain.get(chain.size() - 1).range().to();
  }

  // The newest first: killed in between, the hole is still there for the next opening to find.
  private void sweep(List<Segment> chain, List<Segment> whole, List<SegmentRange> found)
      throws IOException {
    List<SegmentRange> kept = chain.stream().map(Segment::range).toList();
    List<SegmentRange> intact = whole.stream().map(Segment::range).toList();
    for (int i = found.size() - 1; i >= 0; i--) {
      SegmentRange range = found.get(i);
      if (!intact.contains(range)) {
        setAside(range);
      } else if (!kept.contains(range)) {
        Files.delete(path.resolve(range.fileName()));
      }
    }
    try (Stream<Path> files = Files.list(path)) {
      for (Path file :
          files.filter(f -> f.toString().endsWith(SegmentWriter.UNFINISHED)).toList()) {
        Files.delete(file);
      }
    }
    SegmentWriter.force(path);
  }
}
