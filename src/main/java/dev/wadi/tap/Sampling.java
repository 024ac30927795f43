package dev.wadi.tap;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Which of those that pass are taken: one of so many, or so many a second. Thread-safe. */
final class Sampling {

  private static final long SECOND = 1_000_000_000L;
  private static final int MOST = 1_000_000;

  private final int every;
  private final int perSecond;
  private final LongSupplier nanos;
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong inSecond = new AtomicLong();

  private Sampling(int every, int perSecond, LongSupplier nanos) {
    this.every = every;
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /**
   * Reads what a person asks for.
   *
   * @param text {@code 1/100}: each hundredth; {@code 10}: ten a second
   * @param nanos the time that passes, in nanoseconds
   * @throws IllegalArgumentException that says what it must be
   */
  static Sampling of(String text, LongSupplier nanos) {
    try {
      String[] parts = text.split("/", -1);
      int first = Integer.parseInt(parts[0]);
      if (parts.length == 1 && first >= 1 && first <= MOST) {
        return new Sampling(1, first, nanos);
      }
      if (parts.length == 2 && first == 1) {
        int every = Integer.parseInt(parts[1]);
        if (every >= 1 && every <= MOST) {
          return new Sampling(every, Integer.MAX_VALUE, nanos);
        }
      }
    } catch (NumberFormatException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  /** For looking at those of which it then takes some, by the same time. */
  Allowance allowance() {
    return new Allowance(nanos);
  }

  /** Whether this one is taken. */
  boolean take() {
    if (every > 1 && passed.getAndIncrement() % every != 0) {
      return false;
    }
    if (perSecond == Integer.MAX_VALUE) {
      return true;
    }
    long now = Math.floorDiv(nanos.getAsLong(), SECOND);
    if (second.getAndSet(now) != now) {
      inSecond.set(0);
    }
    return inSecond.getAndIncrement() < perSecond;
  }

  private static IllegalArgumentException wrong(String text, Exception cause) {
    return new IllegalArgumentException(
        "sample is '"
            + text
            + "': it must be a number a second, such as 10, or a share, such as"
            + " 1/100",
        cause);
  }
}
