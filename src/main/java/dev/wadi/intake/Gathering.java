package dev.wadi.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where receivers leave deliveries and one gatherer takes them as batches. It bounds what a source
 * holds: receivers wait while no batch has a permit, while the batch at hand is full, while the
 * source may hold no more, and after failures; who reads on without receiving waits for bytes
 * alone. Thread-safe.
 */
final class Gathering<D extends Delivery> {

  private enum State {
    OPEN,
    PAUSED,
    ENDED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<D> deliveries = new ArrayDeque<>();
  private final Deque<D> alone = new ArrayDeque<>();
  private final int maxEvents;
  private final long maxWaitNanos;
  private final int allPermits;
  private final BooleanSupplier mayHoldBytes;
  private final BooleanSupplier mayHoldMore;
  private State state = State.OPEN;
  private int permits;
  private boolean permitted;
  private boolean aloneUnderway;
  private int events;
  private long firstAt;
  private long heldOffUntil = System.nanoTime();

  /**
   * @param mayHoldBytes whether the source holds few enough bytes for more of them
   * @param mayHoldMore whether the source holds few enough deliveries for another receive
   */
  Gathering(DispatchSettings settings, BooleanSupplier mayHoldBytes, BooleanSupplier mayHoldMore) {
    this.maxEvents = settings.maxEvents();
    this.maxWaitNanos = settings.maxWait().toNanos();
    this.allPermits = settings.permits();
    this.permits = allPermits;
    this.mayHoldBytes = mayHoldBytes;
    this.mayHoldMore = mayHoldMore;
  }

  /** Waits until there is room for what another receive brings; false once it has ended. */
  boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (state != State.ENDED) {
        long wait = heldOffUntil - System.nanoTime();
        if (wait <= 0 && state == State.OPEN && hasRoom() && mayHoldMore()) {
          return true;
        }
        await(wait);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the source may hold more bytes, and has them held before anybody else looks.
   *
   * @return false if it is paused or ended: then nothing was done
   */
  boolean awaitBytes(Runnable hold) throws InterruptedException {
    lock.lock();
    try {
      while (state == State.OPEN && !mayHoldBytes.getAsBoolean()) {
        changed.await();
      }
      if (state != State.OPEN) {
        return false;
      }
      hold.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The source holds less than before: those who wait for that look again. */
  void heldLess() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Leaves a delivery for the next batch, when there is room; false if it is paused or ended. */
  boolean add(D delivery) throws InterruptedException {
    lock.lock();
    try {
      while (state == State.OPEN && events >= maxEvents) {
        changed.await();
      }
      if (state != State.OPEN) {
        return false;
      }
      if (delivery.isAlone()) {
        alone.add(delivery);
      } else {
        if (deliveries.isEmpty()) {
          firstAt = System.nanoTime();
        }
        deliveries.add(delivery);
      }
      events += delivery.size();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a permit and for a batch that is full or has waited long enough; or for a delivery
   * that travels alone, one at a time. It has the permit until {@link #release}. Only one thread
   * may call it.
   *
   * @return its deliveries, or none once it has ended
   */
  List<D> next() throws InterruptedException {
    lock.lock();
    try {
      while (state != State.ENDED) {
        if (!permitted && permits > 0) {
          permits--;
          permitted = true;
          changed.signalAll();
        }
        if (permitted && !alone.isEmpty() && !aloneUnderway) {
          permitted = false;
          return takeAlone();
        }
        long wait = deliveries.isEmpty() ? 0 : firstAt + maxWaitNanos - System.nanoTime();
        if (permitted && !deliveries.isEmpty() && (events >= maxEvents || wait <= 0)) {
          permitted = false;
          return takeBatch();
        }
        await(permitted ? wait : 0);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What {@link #next} gave has ended: its permit is free.
   *
   * @param wasAlone whether it was a delivery that travels alone
   */
  void release(boolean wasAlone) {
    lock.lock();
    try {
      permits++;
      aloneUnderway &= !wasAlone;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until every batch has ended that was handed over.
   *
   * @return false if that takes longer than the time
   */
  boolean awaitBatches(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (permits + (permitted ? 1 : 0) < allPermits && left > 0) {
        left = changed.awaitNanos(left);
      }
      return permits + (permitted ? 1 : 0) == allPermits;
    } finally {
      lock.unlock();
    }
  }

  /** Whether what is received may be left here: it is neither paused nor ended. */
  boolean isOpen() {
    lock.lock();
    try {
      return state == State.OPEN;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it has ended for good. */
  boolean hasEnded() {
    lock.lock();
    try {
      return state == State.ENDED;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nothing be received for a time after a failure. Several failures within that time, which
   * is what one outage brings to several threads, count once.
   *
   * @return how long it will be
   */
  Duration holdOff(ConsecutiveFailures failures) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (heldOffUntil - now <= 0) {
        heldOffUntil = now + failures.failed().toNanos();
      }
      return Duration.ofNanos(heldOffUntil - now);
    } finally {
      lock.unlock();
    }
  }

  /** Stops receiving and answers the deliveries that have not become a batch. */
  List<D> pause() {
    return close(State.PAUSED);
  }

  void resume() {
    lock.lock();
    try {
      if (state == State.PAUSED) {
        state = State.OPEN;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops for good and answers the deliveries that have not become a batch. */
  List<D> end() {
    return close(State.ENDED);
  }

  private List<D> close(State closed) {
    lock.lock();
    try {
      if (state != State.ENDED) {
        state = closed;
      }
      List<D> left = new ArrayList<>(deliveries);
      left.addAll(alone);
      deliveries.clear();
      alone.clear();
      events = 0;
      changed.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    return permitted && events < maxEvents;
  }

  private boolean mayHoldMore() {
    return mayHoldBytes.getAsBoolean() && mayHoldMore.getAsBoolean();
  }

  private boolean fits(D delivery, List<D> batch, int size) {
    return size + delivery.size() <= maxEvents && delivery.goesWith(batch.get(0));
  }

  private List<D> takeAlone() {
    D delivery = alone.remove();
    events -= delivery.size();
    aloneUnderway = true;
    changed.signalAll();
    return List.of(delivery);
  }

  private List<D> takeBatch() {
    List<D> batch = new ArrayList<>();
    int size = 0;
    while (!deliveries.isEmpty() && (batch.isEmpty() || fits(deliveries.peek(), batch, size))) {
      size += deliveries.peek().size();
      batch.add(deliveries.remove());
    }
    events -= size;
    firstAt = System.nanoTime();
    changed.signalAll();
    return batch;
  }

  /** Until something changes, or for a time if that is positive. */
  private void await(long nanos) throws InterruptedException {
    if (nanos > 0) {
      changed.await(nanos, TimeUnit.NANOSECONDS);
    } else {
      changed.await();
    }
  }
}
