package dev.wadi.land;

import dev.wadi.event.Account;
import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The batches that wait at {@code stage} for a commit, and when the next commit is due: when they
 * hold enough events or bytes, or the oldest has waited long enough. Thread-safe.
 */
final class Gathering {

  /**
   * When a commit is cut.
   *
   * @param maxEvents at most about so many events in a commit
   * @param maxBytes at most about so many bytes of original events in a commit
   * @param maxAge how long a record waits at most
   * @param firstAge the same for the first commit of a process, so that a new user soon sees
   *     something
   */
  record Due(int maxEvents, long maxBytes, Duration maxAge, Duration firstAge) {}

  private final Due due;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Batch, CompletableFuture<Void>> waiting = new LinkedHashMap<>();
  private long events;
  private long bytes;
  private boolean first = true;
  private boolean flushing;
  private boolean hurrying;
  private boolean closed;

  Gathering(Due due, Clock clock) {
    this.due = due;
    this.clock = clock;
  }

  /**
   * Lets a batch wait for its commit.
   *
   * @return completed when its commit stands and its account is closed; or with what went wrong
   * @throws UnaccountedException if a record of the batch has no outcome
   */
  CompletableFuture<Void> add(Batch batch) {
    Account account = batch.account();
    List<SourceRecord> missing = account.unaccounted();
    if (!missing.isEmpty()) {
      throw new UnaccountedException(batch, missing);
    }
    CompletableFuture<Void> landed = new CompletableFuture<>();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("landing has stopped; " + batch + " is given back");
      }
      if (waiting.putIfAbsent(batch, landed) != null) {
        throw new IllegalStateException(batch + " is staged twice: a route has two stage steps");
      }
      for (SourceRecord record : batch.records()) {
        if (account.outcome(record) instanceof Outcome.Candidate) {
          events++;
          bytes += record.bytes().length;
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return landed;
  }

  /** Whether no batch waits. */
  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a commit is due.
   *
   * @return the waiting batches, oldest first; they go on waiting until they are taken
   */
  List<Batch> awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long left = untilDue();
        if (left <= 0) {
          List<Batch> batches = new ArrayList<>(waiting.keySet());
          batches.sort(Comparator.comparingLong(Batch::sequence));
          return batches;
        }
        changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until another batch comes, or at most so long: for when every waiting batch depends on
   * one that hasn't come.
   */
  void awaitChange(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      changed.awaitNanos(atMost.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes batches out, for a commit; whoever takes them completes their futures.
   *
   * @return those of them that still wait; all of them, unless it was closed
   */
  Map<Batch, CompletableFuture<Void>> take(List<Batch> batches) {
    lock.lock();
    try {
      Map<Batch, CompletableFuture<Void>> taken = new LinkedHashMap<>();
      for (Batch batch : batches) {
        CompletableFuture<Void> landed = waiting.remove(batch);
        if (landed != null) {
          taken.put(batch, landed);
        }
      }
      // an approximation is enough: the rest is counted anew
      events = 0;
      bytes = 0;
      for (Batch batch : waiting.keySet()) {
        events += batch.size();
        bytes += batch.records().stream().mapToLong(record -> record.bytes().length).sum();
      }
      first = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** From now on every batch is due at once: the process drains. */
  void flush() {
    lock.lock();
    try {
      flushing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether every batch is due at once for the time being: the routes are to be emptied. */
  void hurry(boolean now) {
    lock.lock();
    try {
      hurrying = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more batches, and fails those that wait. */
  void close() {
    List<CompletableFuture<Void>> left;
    lock.lock();
    try {
      closed = true;
      left = new ArrayList<>(waiting.values());
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(
        landed -> landed.completeExceptionally(new IllegalStateException("landing has stopped")));
  }

  /** Nanoseconds until a commit is due; with nothing waiting, a long time. */
  private long untilDue() {
    if (waiting.isEmpty()) {
      return Duration.ofHours(1).toNanos();
    }
    if (waiting.keySet().stream().anyMatch(Batch::isAlone)) {
      // it is tried by itself, and others may be waiting for what comes of it
      return 0;
    }
    if (flushing || hurrying || events >= due.maxEvents() || bytes >= due.maxBytes()) {
      return 0;
    }
    Duration age = first ? due.firstAge() : due.maxAge();
    Instant oldest =
        waiting.keySet().stream()
            .map(batch -> batch.records().get(0).receivedAt())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return Duration.between(clock.instant(), oldest.plus(age)).toNanos();
  }
}
