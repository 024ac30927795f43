package dev.wadi.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many records are in flight, and since when: those that came first are taken to leave first.
 * Thread-safe.
 */
final class InFlight {

  /** Arrivals this close together are noted as one, so that the notes stay few. */
  private static final long TOGETHER_MILLIS = 100;

  private final Clock clock;
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private long records;

  InFlight(Clock clock) {
    this.clock = clock;
  }

  synchronized void change(long change) {
    records += change;
    if (change > 0) {
      arrive(change);
    } else {
      leave(-change);
    }
  }

  synchronized long records() {
    return records;
  }

  /** How long the oldest has been in flight; zero if none is. */
  synchronized Duration lag() {
    Arrival oldest = arrivals.peekFirst();
    return oldest == null
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, clock.millis() - oldest.atMillis));
  }

  private void arrive(long count) {
    long now = clock.millis();
    Arrival latest = arrivals.peekLast();
    if (latest != null && now - latest.atMillis < TOGETHER_MILLIS) {
      latest.count += count;
    } else {
      arrivals.addLast(new Arrival(now, count));
    }
  }

  private void leave(long count) {
    long left = count;
    while (left > 0 && !arrivals.isEmpty()) {
      Arrival oldest = arrivals.peekFirst();
      long leaving = Math.min(left, oldest.count);
      oldest.count -= leaving;
      left -= leaving;
      if (oldest.count == 0) {
        arrivals.removeFirst();
      }
    }
  }

  private static final class Arrival {
    private final long atMillis;
    private long count;

    private Arrival(long atMillis, long count) {
      this.atMillis = atMillis;
      this.count = count;
    }
  }
}
