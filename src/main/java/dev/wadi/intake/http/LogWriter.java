package dev.wadi.intake.http;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Failpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log, in one thread: all that came while it waited for the disk is written and made
 * durable together. Who appended is told by another thread, so that the next group need not wait.
 */
final class LogWriter implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /** The most that is written in one go, and the most that waits for it. */
  private static final long GROUP_BYTES = 8L << 20;

  private static final int GROUP_REQUESTS = 4096;
  private static final long MOST_WAITING = 64L << 20;

  /** What an event takes beside its bytes; more than it does. */
  private static final int EVENT_OVERHEAD = 64;

  private record Append(List<Entry> entries, long size, CompletableFuture<Void> durable) {}

  private static final Append TIDY = new Append(List.of(), 0, null);
  private static final Append END = new Append(List.of(), 0, null);

  private final Path folder;
  private final long segmentBytes;
  private final LogSegments segments;
  private final Clock clock;
  private final Supplier<String> ids;
  private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final ExecutorService telling =
      Executors.newSingleThreadExecutor(work -> daemon(work, "wadi-http-log-answers"));
  private final Thread thread = daemon(this, "wadi-http-log");
  private volatile String trouble;
  private boolean closed;
  private SegmentFile file;
  private boolean ended;

  /**
   * @param segmentBytes another segment is begun at this size
   */
  LogWriter(
      Path folder, long segmentBytes, LogSegments segments, Clock clock, Supplier<String> ids) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.segments = segments;
    this.clock = clock;
    this.ids = ids;
  }

  void start() {
    thread.start();
  }

  /** What these take in the log, or a little more. */
  static long size(List<Entry> entries) {
    long size = FrameFormat.HEAD;
    for (Entry entry : entries) {
      size += entry.bytes().length + EVENT_OVERHEAD;
    }
    return size;
  }

  /** Has entries written; see {@link IntakeLog#append}. */
  synchronized CompletableFuture<Void> append(List<Entry> entries, long size) {
    if (closed) {
      return CompletableFuture.failedFuture(
          new TransientException("the intake log is closed, since the process ends", null));
    }
    if (waiting.get() > 0 && waiting.get() + size > MOST_WAITING) {
      return CompletableFuture.failedFuture(
          new BusyException("more comes in than the disk can take: try again later"));
    }
    CompletableFuture<Void> durable = new CompletableFuture<>();
    waiting.addAndGet(size);
    queue.add(new Append(entries, size, durable));
    return durable;
  }

  /** Lets go of the segment at hand, if it is done with and no small one. */
  void tidy() {
    queue.add(TIDY);
  }

  /** How many bytes wait to be written. */
  long waiting() {
    return waiting.get();
  }

  /** Why nothing could be written the last time; empty if it could. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      queue.add(END);
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    telling.shutdown();
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        // in its full size, so that nothing that was taken can't be kept
        List<Append> group = new ArrayList<>(GROUP_REQUESTS);
        take(group);
        if (!group.isEmpty()) {
          write(group);
        }
        rollIfDone();
      } catch (RuntimeException | Error e) {
        // an error too, such as one for want of memory: without this thread nobody is answered
        LOG.warn("the intake log's thread goes on after {}", e.toString(), e);
      }
    }
    end();
  }

  /** Takes what waits, after waiting for it. */
  private void take(List<Append> group) {
    long bytes = 0;
    try {
      Append next = queue.take();
      while (next != null && next != END) {
        if (next != TIDY) {
          group.add(next);
          bytes += next.size();
        }
        next = bytes < GROUP_BYTES && group.size() < GROUP_REQUESTS ? queue.poll() : null;
      }
      ended = next == END;
    } catch (InterruptedException e) {
      // nobody interrupts it: an interrupt would close the file under it
      throw new IllegalStateException("the intake log's thread was interrupted", e);
    }
  }

  private void write(List<Append> group) {
    try {
      List<Entry> entries = new ArrayList<>();
      group.forEach(append -> entries.addAll(append.entries()));
      writable();
      FrameGroup frames = new FrameGroup(file.segment().id(), clock.instant(), file.length());
      frames.add(entries);
      file.append(frames.bytes());
      segments.synced(file.segment(), file.length(), frames.count());
      trouble = null;
      Failpoint.reach("http-synced");
      tell(group, null);
    } catch (IOException | RuntimeException | Error e) {
      trouble = "it can't be written: " + e;
      LOG.warn("{} requests were not written to the intake log: {}", group.size(), e.toString());
      tell(group, new TransientException("the intake log can't be written: " + e, e));
    }
  }

  private void tell(List<Append> group, Throwable failure) {
    for (Append append : group) {
      waiting.addAndGet(-append.size());
    }
    try {
      telling.execute(() -> complete(group, failure));
    } catch (RuntimeException | Error e) {
      LOG.warn(
          "{} requests are answered by the thread that writes: {}", group.size(), e.toString());
      complete(group, failure);
    }
  }

  private static void complete(List<Append> group, Throwable failure) {
    for (Append append : group) {
      if (failure == null) {
        append.durable().complete(null);
      } else {
        append.durable().completeExceptionally(failure);
      }
    }
  }

  /** Makes sure that there is a file to append to. */
  private void writable() throws IOException {
    if (file != null && file.length() >= segmentBytes) {
      roll();
    }
    if (file == null) {
      Segment segment = Segment.create(folder, segments.nextNumber(), ids.get());
      file = SegmentFile.create(segment);
      segment.synced = file.length();
      segments.add(segment);
    }
  }

  private void rollIfDone() {
    if (file != null && file.length() >= segmentBytes && segments.isDone(file.segment())) {
      try {
        roll();
      } catch (IOException e) {
        LOG.warn("can't close {}: {} (it is tried again)", file.segment(), e.toString());
      }
    }
  }

  private void roll() throws IOException {
    file.mend();
    file.close();
    segments.seal(file.segment());
    file = null;
  }

  private void end() {
    if (file != null) {
      try {
        roll();
      } catch (IOException e) {
        LOG.warn("can't close {}: {}", file.segment(), e.toString());
      }
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
