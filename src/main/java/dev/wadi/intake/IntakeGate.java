package dev.wadi.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What the batches of all sources pass on their way into a route. While it is held none goes in:
 * sources keep what they have, hidden and leased as it is, and receive no more than their permits
 * allow. So the routes can be emptied without giving anything back. Thread-safe.
 */
public final class IntakeGate {

  private static final long LOOK_MILLIS = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean held;
  private int underway;

  /** From now on no batch goes in, until it is {@linkplain #open opened}. */
  public void hold() {
    set(true);
  }

  /** Lets batches in. */
  public void open() {
    set(false);
  }

  /** Whether no batch goes in. */
  public boolean isHeld() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** How many batches are in routes: handed over, and not ended. */
  public int underway() {
    lock.lock();
    try {
      return underway;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no batch is in a route.
   *
   * @param givenUp asked again and again whether to wait no longer
   * @return false if that takes longer than the time, or was given up
   */
  public boolean awaitEmpty(Duration atMost, BooleanSupplier givenUp) throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + atMost.toNanos();
      while (underway > 0 && System.nanoTime() < end && !givenUp.getAsBoolean()) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      return underway == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a batch may go in, and counts it as in.
   *
   * @param givenUp asked again and again whether it is to go in no more
   * @return false if it was given up: then it is not in
   */
  boolean enter(BooleanSupplier givenUp) {
    lock.lock();
    try {
      while (held && !givenUp.getAsBoolean()) {
        changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (held) {
        return false;
      }
      underway++;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** A batch that {@linkplain #enter went in} has ended. */
  void leave() {
    lock.lock();
    try {
      underway--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void set(boolean next) {
    lock.lock();
    try {
      held = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
