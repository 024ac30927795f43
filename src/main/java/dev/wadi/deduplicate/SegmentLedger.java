package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(SegmentLedger.class);

  private final Path path;
  private final SegmentFolder folder;
  private final ExecutorService background;
  // taken in this order; the list of segments is changed under the ledger's own lock, taken last
  private final Object appending = new Object();
  private final Object merging = new Object();
  private volatile List<Segment> segments;
  private volatile SetupException damage;
  private volatile boolean closed;

  private SegmentLedger(Path path, SegmentFolder folder, List<Segment> segments) {
    this.path = path;
    this.folder = folder;
    this.segments = List.copyOf(segments);
    this.background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "ledger-" + path.getFileName());
              thread.setDaemon(true);
              return thread;
            });
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
      SegmentLedger ledger = new SegmentLedger(path, folder, folder.open());
      folder.unchecked().forEach(s -> ledger.background.execute(() -> ledger.check(s)));
      ledger.background.execute(ledger::mergeBehind);
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
      try {
        if (segments.size() >= TOO_MANY) {
          mergeAllDue();
        }
        add(write(commit, landed));
      } catch (IOException e) {
        throw new TransientException("can't write to the ledger in " + path + ": " + e, e);
      }
      background.execute(this::mergeBehind);
    }
  }

  @Override
  public String lastCommit() {
    List<Segment> current = usable();
    return current.isEmpty() ? null : current.get(current.size() - 1).footer().lastCommit();
  }

  @Override
  public long count() {
    return usable().stream().mapToLong(Segment::count).sum();
  }

  @Override
  public void clear() {
    synchronized (appending) {
      synchronized (merging) {
        // the newest first, so that a crash leaves a ledger that ends earlier, not one with a hole
        List<Segment> gone = new ArrayList<>(usable());
        Collections.reverse(gone);
        segments = List.of();
        folder.delete(gone);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    background.shutdown();
    try {
      if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("{}: a merge hasn't ended yet", path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Segment> usable() {
    SetupException broken = damage;
    if (broken != null) {
      throw new SetupException(broken.getMessage(), broken);
    }
    if (closed) {
      throw new IllegalStateException("the ledger in " + path + " is closed");
    }
    return segments;
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
    long next = segments.isEmpty() ? 1 : segments.get(segments.size() - 1).range().to() + 1;
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

  private void mergeBehind() {
    try {
      mergeAllDue();
    } catch (CancellationException e) {
      LOG.debug("{}: {} was given up, the ledger closes", path, e.getMessage());
    } catch (IOException e) {
      // nothing is lost by it; the next append tries again, and many segments make it insist
      LOG.warn("{}: merging failed: {}", path, e.toString());
    }
  }

  private void mergeAllDue() throws IOException {
    synchronized (merging) {
      while (!closed && damage == null) {
        List<Segment> all = segments;
        int due = MergePolicy.due(all.stream().mapToLong(Segment::count).toArray());
        if (due < 0) {
          return;
        }
        List<Segment> inputs = all.subList(due, all.size());
        try {
          replace(inputs, SegmentMerge.merge(path, inputs, () -> closed));
        } catch (DamagedSegmentException e) {
          inputs.forEach(this::check);
          throw e;
        }
        folder.delete(inputs);
      }
    }
  }

  private synchronized void add(Segment segment) {
    List<Segment> next = new ArrayList<>(segments);
    next.add(segment);
    segments = List.copyOf(next);
  }

  private synchronized void replace(List<Segment> inputs, Segment merged) {
    List<Segment> next = new ArrayList<>(segments);
    int at = next.indexOf(inputs.get(0));
    next.subList(at, at + inputs.size()).clear();
    next.add(at, merged);
    segments = List.copyOf(next);
  }

  // The damaged file is put aside, so that the next start sees a hole there and repairs it.
  private void check(Segment segment) {
    try {
      segment.check(() -> closed);
    } catch (DamagedSegmentException e) {
      String what = segment.path().getFileName() + " is damaged: " + e.getMessage();
      LOG.error("{}: {}", path, what);
      damage = folder.damaged(what, e);
      putAside(segment);
    } catch (IOException e) {
      LOG.error("{} can't be checked: {}", segment.path(), e.toString());
    }
  }

  private void putAside(Segment segment) {
    try {
      folder.setAside(segment.range());
    } catch (IOException e) {
      LOG.error("{} can't be put aside: {}", segment.path(), e.toString());
    }
  }
}
