package dev.wadi.deduplicate;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a ledger's segments behind its users' backs, on one thread: merging, and checking
 * the large ones after opening. Thread-safe.
 */
final class SegmentUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentUpkeep.class);

  private final Path path;
  private final SegmentFolder folder;
  private final SegmentList segments;
  private final ExecutorService thread;
  private final Object merging = new Object();
  private volatile SetupException damage;
  private volatile boolean closed;

  SegmentUpkeep(Path path, SegmentFolder folder, SegmentList segments) {
    this.path = path;
    this.folder = folder;
    this.segments = segments;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "ledger-" + path.getFileName());
              daemon.setDaemon(true);
              return daemon;
            });
  }

  void checkBehind(List<Segment> unchecked) {
    unchecked.forEach(segment -> thread.execute(() -> check(segment)));
  }

  void mergeBehind() {
    thread.execute(this::tryToMerge);
  }

  /** Merges on the caller's thread until nothing is due. */
  void mergeAllDue() throws IOException {
    synchronized (merging) {
      while (!closed && damage == null) {
        List<Segment> all = segments.now();
        int due = MergePolicy.due(all.stream().mapToLong(Segment::count).toArray());
        if (due < 0) {
          return;
        }
        List<Segment> inputs = all.subList(due, all.size());
        segments.replace(inputs, merge(inputs));
        folder.delete(inputs);
      }
    }
  }

  /** Forgets and deletes all segments; nothing may be appended meanwhile. */
  void deleteAll() {
    synchronized (merging) {
      // the newest first, so that a crash leaves a ledger that ends earlier, not one with a hole
      List<Segment> gone = new ArrayList<>(segments.now());
      Collections.reverse(gone);
      segments.clear();
      folder.delete(gone);
    }
  }

  /**
   * @throws SetupException if a segment has proved damaged
   * @throws IllegalStateException if closed
   */
  void requireUsable() {
    SetupException broken = damage;
    if (broken != null) {
      throw new SetupException(broken.getMessage(), broken);
    }
    if (closed) {
      throw new IllegalStateException("the ledger in " + path + " is closed");
    }
  }

  /** Gives up what it is doing, which leaves nothing behind. */
  void close() {
    closed = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("{}: a merge hasn't ended yet", path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Segment merge(List<Segment> inputs) throws IOException {
    try {
      return SegmentMerge.merge(path, inputs, () -> closed);
    } catch (DamagedSegmentException e) {
      inputs.forEach(this::check);
      throw e;
    }
  }

  private void tryToMerge() {
    try {
      mergeAllDue();
    } catch (CancellationException e) {
      LOG.debug("{}: {} was given up, the ledger closes", path, e.getMessage());
    } catch (IOException e) {
      // nothing is lost by it; the next append tries again, and many segments make it insist
      LOG.warn("{}: merging failed: {}", path, e.toString());
    }
  }

  // The damaged file is put aside, so that the next start sees a hole there and repairs it.
  private void check(Segment segment) {
    try {
      segment.check(() -> closed);
    } catch (NoSuchFileException e) {
      LOG.debug("{} was merged meanwhile, and checked by that", segment.path());
    } catch (IOException e) {
      String what = segment.path().getFileName() + " is damaged: " + e.getMessage();
      LOG.error("{}: {}", path, what);
      damage = folder.damaged(what, e);
      putAside(segment);
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
