package dev.wadi.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Where receivers leave messages and one gatherer takes them as batches. It bounds what a source
 * holds: receivers wait while no batch has a permit, while the batch at hand is full, while the
 * queue's limit of hidden messages is near, and after failures. Thread-safe.
 */
final class Gathering {

  private enum State {
    OPEN,
    PAUSED,
    ENDED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<HeldMessage> messages = new ArrayDeque<>();
  private final int maxEvents;
  private final long maxWaitNanos;
  private final int allPermits;
  private final int mostHeld;
  private final IntSupplier held;
  private State state = State.OPEN;
  private int permits;
  private boolean permitted;
  private int events;
  private long firstAt;
  private long heldOffUntil = System.nanoTime();

  /**
   * @param mostHeld the most messages to hold when another receive begins
   * @param held how many messages are held
   */
  Gathering(SqsSettings settings, int mostHeld, IntSupplier held) {
    this.maxEvents = settings.maxEvents();
    this.maxWaitNanos = settings.maxWait().toNanos();
    this.allPermits = settings.permits();
    this.permits = allPermits;
    this.mostHeld = mostHeld;
    this.held = held;
  }

  /** Waits until there is room for what another receive brings; false once it has ended. */
  boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (state != State.ENDED) {
        long wait = heldOffUntil - System.nanoTime();
        if (wait <= 0 && state == State.OPEN && hasRoom() && held.getAsInt() <= mostHeld) {
          return true;
        }
        await(wait);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Leaves a message for the next batch, when there is room; false if it is paused or ended. */
  boolean add(HeldMessage message) throws InterruptedException {
    lock.lock();
    try {
      while (state == State.OPEN && events >= maxEvents) {
        changed.await();
      }
      if (state != State.OPEN) {
        return false;
      }
      if (messages.isEmpty()) {
        firstAt = System.nanoTime();
      }
      messages.add(message);
      events += message.size();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a permit and for a batch that is full or has waited long enough. It has the permit
   * until {@link #release}. Only one thread may call it.
   *
   * @return its messages, or none once it has ended
   */
  List<HeldMessage> next() throws InterruptedException {
    lock.lock();
    try {
      while (state != State.ENDED) {
        if (!permitted && permits > 0) {
          permits--;
          permitted = true;
          changed.signalAll();
        }
        long wait = messages.isEmpty() ? 0 : firstAt + maxWaitNanos - System.nanoTime();
        if (permitted && !messages.isEmpty() && (events >= maxEvents || wait <= 0)) {
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

  /** A batch has ended: its permit is free. */
  void release() {
    lock.lock();
    try {
      permits++;
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

  /** Stops receiving and answers the messages that have not become a batch. */
  List<HeldMessage> pause() {
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

  /** Stops for good and answers the messages that have not become a batch. */
  List<HeldMessage> end() {
    return close(State.ENDED);
  }

  private List<HeldMessage> close(State closed) {
    lock.lock();
    try {
      if (state != State.ENDED) {
        state = closed;
      }
      List<HeldMessage> left = List.copyOf(messages);
      messages.clear();
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

  private List<HeldMessage> takeBatch() {
    List<HeldMessage> batch = new ArrayList<>();
    int size = 0;
    while (!messages.isEmpty() && (batch.isEmpty() || size + messages.peek().size() <= maxEvents)) {
      size += messages.peek().size();
      batch.add(messages.remove());
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
