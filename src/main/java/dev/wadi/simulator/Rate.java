package dev.wadi.simulator;

import java.util.function.LongSupplier;

/**
 * How fast a live simulation goes: a number of events a second, measured by elapsed time so that
 * late ticks lose nothing, or a fixed number a tick. Not thread-safe.
 */
public final class Rate {

  /** After a longer pause the rest is left out, so that the queue isn't flooded. */
  private static final double MOST_SECONDS_BEHIND = 5;

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final int perTick;
  private final LongSupplier nanoTime;
  private long latest;
  private double credit;

  private Rate(double perSecond, int perTick, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.perTick = perTick;
    this.nanoTime = nanoTime;
    this.latest = nanoTime.getAsLong();
  }

  /**
   * So many events a second, from now on.
   *
   * @param nanoTime such as {@code System::nanoTime}
   * @throws IllegalArgumentException if the rate is negative or no number; the message says what to
   *     do
   */
  public static Rate perSecond(double events, LongSupplier nanoTime) {
    if (!(events >= 0 && events < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the rate is " + events + " events a second: give 0 or more, such as 50, or max");
    }
    return new Rate(events, 0, nanoTime);
  }

  /** So many events at each tick, whatever time has passed: as fast as the queue takes them. */
  public static Rate perTick(int events) {
    if (events < 1) {
      throw new IllegalArgumentException(events + " events a tick: give 1 or more, such as 5000");
    }
    return new Rate(0, events, () -> 0);
  }

  /** How many events are due since the last time this was asked. */
  int due() {
    long now = nanoTime.getAsLong();
    credit += (now - latest) / NANOS * perSecond;
    credit = Math.min(credit, Math.max(1, MOST_SECONDS_BEHIND * perSecond));
    latest = now;
    int due = (int) Math.min(credit, Integer.MAX_VALUE - perTick);
    credit -= due;
    return due + perTick;
  }
}
