package dev.wadi.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The last commits of this process, and how many files all of them wrote. Thread-safe. */
public final class RecentCommits {

  private static final int KEPT = 20;

  /**
   * A commit that stands.
   *
   * @param id the commit's id
   * @param committedAt when its marker was put
   * @param rows the rows of all its files
   * @param files how many files it put
   * @param bytes the size of all its files
   * @param took from its cut until it stood
   */
  public record Commit(
      String id, Instant committedAt, long rows, int files, long bytes, Duration took) {}

  private final Deque<Commit> latestFirst = new ArrayDeque<>();
  private final AtomicLong files = new AtomicLong();

  /** Notes a commit once it stands. */
  public void committed(Commit commit) {
    files.addAndGet(commit.files());
    synchronized (latestFirst) {
      latestFirst.addFirst(commit);
      if (latestFirst.size() > KEPT) {
        latestFirst.removeLast();
      }
    }
  }

  /** The last commits, the latest first; at most 20. */
  public List<Commit> latestFirst() {
    synchronized (latestFirst) {
      return new ArrayList<>(latestFirst);
    }
  }

  /** The files that all commits of this process put. */
  public long files() {
    return files.get();
  }
}
