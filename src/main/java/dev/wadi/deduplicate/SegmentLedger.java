package dev.wadi.deduplicate;

import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A ledger in sorted segments: each append is one small file, and a thread in the background merges
 * them into larger ones. A key costs 24 bytes on disk and 10 bits of bloom filter, and only that is
 * mapped; nothing on the heap grows with the number of keys.
 *
 * <p>Only the process that holds the data folder's lock may open it.
 */
public final class SegmentLedger implements Ledger {

  /** With so many segments an append merges first, so that appends can't outrun the merging. */
  private static final int TOO_MANY = 64;

  private final Path path;
  private final SegmentList segments;
  private final SegmentUpkeep upkeep;
  private final Object appending = new Object();

  private SegmentLedger(Path path, SegmentFolder folder, SegmentList segments) {
    this.path = path;
    this.segments = segments;
    this.upkeep = new SegmentUpkeep(path, folder, segments);
  }

  /**
   * Opens the ledger in a folder, which is made if it isn't there, and repairs what a killed
   * process left. Large segments are checked behind; should one prove damaged, every later call
   * throws a SetupException.
   *
   * @throws SetupException if the folder can't be used
   */
  public static SegmentLedger open(Path folder, OnDamage onDamage) {
    return open(folder, onDamage, SegmentFolder.CHECKED_AT_OPEN);
  }

  static SegmentLedger open(Path path, OnDamage onDamage, long checkedAtOpen) {
    try {
      SegmentFolder folder = new SegmentFolder(path, onDamage, checkedAtOpen);
      SegmentLedger ledger = new SegmentLedger(path, folder, new SegmentList(folder.open()));
      ledger.upkeep.checkBehind(folder.unchecked());
      ledger.upkeep.mergeBehind();
      return ledger;
    } catch (IOException e) {
      throw new SetupException(
          path + " can't be opened: " + e + "; check its permissions and the disk", e);
    }
  }

  @Override
  public OptionalLong find(EventKey key) {
    long[] hash = new long[1];
    boolean[] found = new boolean[1];
    find(new long[] {key.high()}, new long[] {key.low()}, 1, hash, found);
    return found[0] ? OptionalLong.of(hash[0]) : OptionalLong.empty();
  }

  @Override
  public void find(long[] highs, long[] lows, int count, long[] hashes, boolean[] found) {
    SegmentSearch search = new SegmentSearch(highs, lows, count, hashes, found);
    while (true) {
      List<Segment> current = usable();
      try {
        search.run(current);
        return;
      } catch (IOException e) {
        // a segment that was merged meanwhile is gone, but what it was merged into is there
        if (usable() == current) {
          throw new TransientException("can't read the ledger in " + path + ": " + e, e);
        }
      }
    }
  }

  @Override
  public void append(String commit, long[] highs, long[] lows, long[] hashes, int count) {
    synchronized (appending) {
      String last = lastCommit();
      if (last != null && commit.compareTo(last) <= 0) {
        requireAppended(commit, highs, lows, count);
        return;
      }
      addSegment(commit, highs, lows, hashes, count);
    }
  }

  @Override
  public void add(long[] highs, long[] lows, long[] hashes, int count) {
    synchronized (appending) {
      String last = lastCommit();
      addSegment(last == null ? SegmentFooter.NO_COMMIT : last, highs, lows, hashes, count);
    }
  }

  @Override
  public String lastCommit() {
    List<Segment> current = usable();
    if (current.isEmpty()) {
      return null;
    }
    String last = current.get(current.size() - 1).footer().lastCommit();
    return last.equals(SegmentFooter.NO_COMMIT) ? null : last;
  }

  @Override
  public long count() {
    return usable().stream().mapToLong(Segment::count).sum();
  }

  @Override
  public void clear() {
    synchronized (appending) {
      upkeep.requireUsable();
      upkeep.deleteAll();
    }
  }

  @Override
  public void close() {
    upkeep.close();
  }

  private List<Segment> usable() {
    upkeep.requireUsable();
    return segments.now();
  }

  private void addSegment(String last, long[] highs, long[] lows, long[] hashes, int count) {
    try {
      if (segments.now().size() >= TOO_MANY) {
        upkeep.mergeAllDue();
      }
      segments.add(write(last, highs, lows, hashes, count));
    } catch (IOException e) {
      throw new TransientException("can't write to the ledger in " + path + ": " + e, e);
    }
    upkeep.mergeBehind();
  }

  private void requireAppended(String commit, long[] highs, long[] lows, int count) {
    boolean[] found = new boolean[count];
    find(highs, lows, count, new long[count], found);
    for (boolean one : found) {
      if (!one) {
        throw new IllegalStateException(
            "commit "
                + commit
                + " isn't in the ledger in "
                + path
                + ", which has come to "
                + lastCommit()
                + " already: commit ids must rise");
      }
    }
  }

  private Segment write(String commit, long[] highs, long[] lows, long[] hashes, int count)
      throws IOException {
    int[] order = SortedKeys.order(highs, lows, count);
    List<Segment> before = segments.now();
    long next = before.isEmpty() ? 1 : before.get(before.size() - 1).range().to() + 1;
    SegmentRange range = new SegmentRange(next, next);
    try (SegmentWriter writer = new SegmentWriter(path, range, count)) {
      for (int i = 0; i < count; i++) {
        int one = order[i];
        int after = i + 1 < count ? order[i + 1] : one;
        boolean again = after != one && highs[after] == highs[one] && lows[after] == lows[one];
        if (!again) {
          writer.add(highs[one], lows[one], hashes[one]);
        }
      }
      return writer.finish(commit);
    }
  }
}
