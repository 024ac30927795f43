package dev.wadi.tap;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much of each second the routes' threads may spend on looking for somebody, so that a filter
 * that hardly anything passes takes little from them. Thread-safe.
 */
final class Allowance {

  /** Of each second, in nanoseconds, by all threads together. */
  static final long MOST = 50_000_000;

  /** So many a second are looked at however long that takes. */
  static final int ALWAYS = 10;

  private static final long SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong spent = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();

  /**
   * @param nanos the time that passes, in nanoseconds
   */
  Allowance(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The time, to be handed back by {@link #end}; -1 if nothing is left of this second. */
  long begin() {
    long began = nanos.getAsLong() & Long.MAX_VALUE;
    long now = began / SECOND;
    if (second.getAndSet(now) != now) {
      spent.set(0);
      looks.set(0);
    }
    return looks.getAndIncrement() < ALWAYS || spent.get() < MOST ? began : -1;
  }

  void end(long began) {
    spent.addAndGet((nanos.getAsLong() & Long.MAX_VALUE) - began);
  }
}
