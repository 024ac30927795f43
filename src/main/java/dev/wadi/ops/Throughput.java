package dev.wadi.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many events a second went by over the last ten seconds. Someone has to call {@link #sample}
 * about once a second; more often does no harm. Thread-safe.
 */
public final class Throughput {

  private static final long WINDOW_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final long SPACING_MILLIS = 500;

  private final LongSupplier total;
  private final Clock clock;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long atMillis, long total) {}

  /**
   * @param total a count that only rises
   */
  public Throughput(LongSupplier total, Clock clock) {
    this.total = total;
    this.clock = clock;
    sample();
  }

  /** Notes the count of now. */
  public synchronized void sample() {
    long now = clock.millis();
    Sample latest = samples.peekLast();
    if (latest == null || now - latest.atMillis >= SPACING_MILLIS) {
      samples.addLast(new Sample(now, total.getAsLong()));
    }
    // the first sample is the newest of those that are as old as the window, or the oldest there is
    while (samples.size() > 1 && second().atMillis <= now - WINDOW_MILLIS) {
      samples.removeFirst();
    }
  }

  /** Events a second since the first sample in the window. */
  public synchronized double perSecond() {
    sample();
    long millis = clock.millis() - samples.getFirst().atMillis;
    return millis < SPACING_MILLIS
        ? 0
        : (total.getAsLong() - samples.getFirst().total) * 1000.0 / millis;
  }

  private Sample second() {
    var oldestFirst = samples.iterator();
    oldestFirst.next();
    return oldestFirst.next();
  }
}
