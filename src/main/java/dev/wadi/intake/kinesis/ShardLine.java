package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import dev.wadi.event.Lines;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.ConsecutiveFailures;
import dev.wadi.intake.Outage;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What is held of one shard while this process has its lease: records that wait, and batches on
 * their way, in order. Records come in by one thread, and one other, the {@link Feeder}, hands
 * batches over. Thread-safe.
 */
final class ShardLine {

  /** What its feeder is to do. */
  sealed interface Work {}

  /** A batch is due. */
  record HandOver() implements Work {}

  /**
   * Batches have failed and all behind them have ended: they are to be tried again.
   *
   * @param failed in order, none of them landed
   * @param resynchronize whether to ask first how far the line is accounted for
   */
  record TryAgain(List<Handed> failed, boolean resynchronize) implements Work {}

  /** Nothing will ever be due. */
  record Done() implements Work {}

  private enum State {
    /** Takes records and hands batches over. */
    OPEN,
    /** Takes and hands over nothing more; what is on its way may land. */
    DRAINING,
    /** The shard is no longer this process's: what is on its way is given up. */
    ENDED
  }

  private static final long LEASE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final String shard;
  private final StreamSettings settings;
  private final Lease lease;
  private final LongSupplier sequence;
  private final Consumer<Position> whenLanded;
  private final Waiting waiting;
  private final OnTheWay onTheWay = new OnTheWay();
  private final ConsecutiveFailures failures;
  private final Trust trust;
  private final Suspicion suspicion;
  private State state = State.OPEN;
  private volatile long millisBehind;
  private boolean paused;
  private boolean flushing;
  private long heldOffUntil = System.nanoTime();
  private String landed;
  private Position newest;
  private Position accountedFor;

  /**
   * @param accountedFor the last position that a commit stands for; null if none does
   * @param trust shared by the lines of a source
   * @param sequence numbers for batches
   * @param whenLanded told of the position up to which all has landed; may not wait
   */
  ShardLine(
      String shard,
      StreamSettings settings,
      Lease lease,
      String accountedFor,
      Trust trust,
      LongSupplier sequence,
      Consumer<Position> whenLanded) {
    this.shard = shard;
    this.settings = settings;
    this.lease = lease;
    this.trust = trust;
    this.suspicion = new Suspicion(settings.isolateAfter(), trust);
    this.sequence = sequence;
    this.whenLanded = whenLanded;
    this.waiting = new Waiting(settings.maxEvents(), settings.batchBytes());
    this.failures = new ConsecutiveFailures(new Backoff(settings.retryDelay(), LONGEST_PAUSE));
    accountFor(accountedFor);
  }

  String shard() {
    return shard;
  }

  /** What became of a record that was offered. */
  enum Offered {
    /** It waits for its batch. */
    TAKEN,
    /** A commit stands for it already. */
    REDELIVERED,
    /** It is held already. */
    HELD,
    /** The line takes nothing more: it goes to whoever reads the shard next. */
    REFUSED
  }

  /** Offers the next record, and waits until there is room for it. */
  Offered offer(ShardRecord offered) throws InterruptedException {
    lock.lock();
    try {
      if (isAccountedFor(offered)) {
        return Offered.REDELIVERED;
      }
      if (newest != null && offered.position().compareTo(newest) <= 0) {
        return Offered.HELD;
      }
      while (state == State.OPEN && waiting.isFull()) {
        awaitOrCheckLease();
      }
      if (state != State.OPEN) {
        return Offered.REFUSED;
      }
      waiting.add(offered);
      newest = offered.position();
      changed.signalAll();
      return Offered.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work; only the feeder may call it. */
  Work awaitWork() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        List<Handed> failed = onTheWay.failed();
        if (!failed.isEmpty() && failed.stream().allMatch(Handed::hasEnded)) {
          return new TryAgain(failed, suspicion.isPersistent());
        }
        if (state == State.ENDED && onTheWay.isEmpty()) {
          return new Done();
        }
        long wait = nanosUntilDue();
        if (wait <= 0) {
          return new HandOver();
        }
        changed.awaitNanos(wait);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes the batch that is due; empty if none is any more. */
  Optional<Handed> next() {
    lock.lock();
    try {
      if (nanosUntilDue() > 0) {
        return Optional.empty();
      }
      List<ShardRecord> records = waiting.take(suspicion.mostRecords());
      List<SourceRecord> events = records.stream().flatMap(r -> r.events().stream()).toList();
      Optional<Handed> before = onTheWay.last();
      String to = records.get(records.size() - 1).position().text();
      Batch batch =
          new Batch(
              settings.source(),
              sequence.getAsLong(),
              events,
              new Lines.Part(shard, before.map(h -> h.to().text()).orElse(landed), to),
              before.map(Handed::batch).orElse(null));
      suspicion.mark(batch);
      Handed handed = new Handed(batch, records);
      onTheWay.add(handed);
      changed.signalAll();
      return Optional.of(handed);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A batch has ended. If it has not landed, all behind it are given up.
   *
   * @param failure what failed its exchange, or null
   */
  void ended(Handed handed, Throwable failure) {
    lock.lock();
    try {
      handed.end(failure);
      if (handed.hasFailed()) {
        onTheWay.giveUpFrom(handed);
      } else if (!handed.batch().isIsolated()) {
        trust.landed();
      }
      onTheWay.landed().ifPresent(this::landed);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the records of batches that have failed be handed over again, after a pause; those that
   * are accounted for after all are dropped.
   *
   * @param failed what {@link TryAgain} named
   * @return the pause
   */
  Duration tryAgain(List<Handed> failed) {
    lock.lock();
    try {
      onTheWay.remove(failed);
      if (state != State.OPEN) {
        changed.signalAll();
        return Duration.ZERO;
      }
      Throwable failure = failed.get(0).failure();
      boolean outage = Outage.isCauseOf(failure);
      if (!outage) {
        suspicion.failed(failed.get(0), Failures.reason(failed.get(0)));
      }
      Stream<ShardRecord> records = failed.stream().flatMap(h -> h.records().stream());
      waiting.putBack((outage ? records : records.map(ShardRecord::triedAgain)).toList());
      if (accountedFor != null) {
        waiting.dropTo(accountedFor);
      }
      Duration pause = failures.failed();
      heldOffUntil = System.nanoTime() + pause.toNanos();
      changed.signalAll();
      return pause;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes over how far the line is accounted for, as another told it.
   *
   * @param position the last one, or null
   */
  void resynchronize(String position) {
    lock.lock();
    try {
      accountFor(position);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything has landed that was taken, as the shard has no more.
   *
   * @return false if the line was drained or ended first
   */
  boolean finish() throws InterruptedException {
    lock.lock();
    try {
      flushing = true;
      changed.signalAll();
      while (state == State.OPEN && !(waiting.isEmpty() && onTheWay.isEmpty())) {
        awaitOrCheckLease();
      }
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  void pause() {
    setPaused(true);
  }

  void resume() {
    setPaused(false);
  }

  /** Takes and hands over nothing more; what waits comes again to whoever reads the shard next. */
  void drain() {
    lock.lock();
    try {
      if (state == State.OPEN) {
        close(State.DRAINING);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drains it, and gives up what is on its way. What of it is in a commit already may land. */
  void end() {
    lock.lock();
    try {
      close(State.ENDED);
      onTheWay.giveUp();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing is on its way.
   *
   * @return false if that takes longer than the time, or the lease is lost
   */
  boolean awaitEnded(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    lock.lock();
    try {
      while (!onTheWay.isEmpty() && state != State.ENDED) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        changed.awaitNanos(Math.min(left, LEASE_CHECK_NANOS));
      }
      return onTheWay.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** When the stream took the oldest record that is held. */
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return onTheWay
          .first()
          .map(Handed::arrivedAt)
          .or(() -> Optional.ofNullable(waiting.first()).map(ShardRecord::arrivedAt));
    } finally {
      lock.unlock();
    }
  }

  /** How far reading was behind the shard's newest record when it was told last. */
  long millisBehind() {
    return millisBehind;
  }

  void behind(long millis) {
    millisBehind = millis;
  }

  boolean isOpen() {
    lock.lock();
    try {
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  private void setPaused(boolean value) {
    lock.lock();
    try {
      paused = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void close(State closed) {
    state = closed;
    waiting.clear();
    changed.signalAll();
  }

  private void landed(Position to) {
    landed = to.text();
    suspicion.landed(to);
    failures.succeeded();
    // before anybody learns that nothing is on its way any more
    whenLanded.accept(to);
  }

  private boolean isAccountedFor(ShardRecord record) {
    return accountedFor != null && record.position().compareTo(accountedFor) <= 0;
  }

  private void accountFor(String position) {
    landed = position;
    accountedFor = position == null ? null : Position.parse(position);
  }

  /** Not positive if a batch is due; otherwise how long at most until one may be. */
  private long nanosUntilDue() {
    int permits = suspicion.isRoused() ? 1 : settings.shardPermits();
    if (state != State.OPEN
        || paused
        || !onTheWay.failed().isEmpty()
        || waiting.isEmpty()
        || onTheWay.size() >= permits) {
      return Long.MAX_VALUE;
    }
    boolean enough = flushing || waiting.isFull() || suspicion.isRoused();
    long gathering = enough ? 0 : settings.maxWait().toNanos() - waiting.nanos();
    return Math.max(gathering, heldOffUntil - System.nanoTime());
  }

  /**
   * Waits for a change, and looks now and then whether the lease is still held: the client library
   * tells that only to whoever doesn't wait.
   */
  private void awaitOrCheckLease() throws InterruptedException {
    changed.awaitNanos(LEASE_CHECK_NANOS);
    switch (lease.state()) {
      case HELD -> {}
      case WANTED -> drain();
      case LOST -> end();
    }
  }
}
