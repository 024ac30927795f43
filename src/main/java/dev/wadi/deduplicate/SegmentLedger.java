package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A ledger in sorted segments: each append is one small file, and a thread in the background merges
 * them into larger ones. A key costs 24 bytes on disk and 10 bits of bloom filter, both mapped;
 * nothing on the heap grows with the number of keys.
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
    List<Segment> current = usable();
    for (int i = current.size() - 1; i >= 0; i--) {
      long index = current.get(i).indexOf(key.high(), key.low());
      if (index >= 0) {
        return OptionalLong.of(current.get(i).payloadHash(index));
      }
    }
    return OptionalLong.empty();
  }

  // Segment by segment and in the order of keys, so that each filter is walked through once.
  @Override
  public Map<EventKey, Long> findAll(Collection<EventKey> keys) {
    List<Segment> current = usable();
    Map<EventKey, Long> found = new HashMap<>();
    EventKey[] missing = keys.toArray(EventKey[]::new);
    Arrays.sort(missing);
    int count = missing.length;
    for (int i = current.size() - 1; i >= 0; i--) {
      Segment segment = current.get(i);
      int left = 0;
      for (int k = 0; k < count; k++) {
        EventKey key = missing[k];
        long index = segment.indexOf(key.high(), key.low());
        if (index >= 0) {
          found.put(key, segment.payloadHash(index));
        } else {
          missing[left++] = key;
        }
      }
      count = left;
    }
    return found;
  }

  @Override
  public void append(String commit, List<LandedKey> landed) {
    synchronized (appending) {
      String last = lastCommit();
      if (last != null && commit.compareTo(last) <= 0) {
        requireAppended(commit, landed);
        return;
      }
      addSegment(commit, landed);
    }
  }

  @Override
  public void add(List<LandedKey> landed) {
    synchronized (appending) {
      String last = lastCommit();
      addSegment(last == null ? SegmentFooter.NO_COMMIT : last, landed);
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

  private void addSegment(String last, List<LandedKey> landed) {
    try {
      if (segments.now().size() >= TOO_MANY) {
        upkeep.mergeAllDue();
      }
      segments.add(write(last, landed));
    } catch (IOException e) {
      throw new TransientException("can't write to the ledger in " + path + ": " + e, e);
    }
    upkeep.mergeBehind();
  }

  private void requireAppended(String commit, List<LandedKey> landed) {
    Map<EventKey, Long> found = findAll(landed.stream().map(LandedKey::key).toList());
    for (LandedKey one : landed) {
      if (!found.containsKey(one.key())) {
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

  private Segment write(String commit, List<LandedKey> landed) throws IOException {
    LandedKey[] sorted = landed.toArray(LandedKey[]::new);
    Arrays.sort(sorted, Comparator.comparing(LandedKey::key));
    List<Segment> before = segments.now();
    long next = before.isEmpty() ? 1 : before.get(before.size() - 1).range().to() + 1;
    SegmentRange range = new SegmentRange(next, next);
    try (SegmentWriter writer = new SegmentWriter(path, range, sorted.length)) {
      for (int i = 0; i < sorted.length; i++) {
        boolean again = i + 1 < sorted.length && sorted[i + 1].key().equals(sorted[i].key());
        if (!again) {
          EventKey key = sorted[i].key();
          writer.add(key.high(), key.low(), sorted[i].payloadHash());
        }
      }
      return writer.finish(commit);
    }
  }
}
