package dev.wadi.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A stretch of history and the number of events that fill it from end to end.
 *
 * @param from the first instant, included
 * @param until the last instant, excluded
 * @param events how many events are spread over it, faulty ones included
 */
public record Period(Instant from, Instant until, long events) {

  /** How many events a day a factory makes whose period isn't given. */
  public static final long EVENTS_PER_DAY = 50_000;

  private static final Duration LONGEST_USUAL = Duration.ofDays(3_650);
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * @throws IllegalArgumentException if the period is empty, or not within 1970 and 9999, or has no
   *     events; the message says what to do
   */
  public Period {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    if (events < 1) {
      throw new IllegalArgumentException(
          "the number of events is " + events + ": give 1 or more, such as 1000");
    }
    if (from.isBefore(EARLIEST) || until.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "the period is not within the years 1970 to 9999: give fewer days or another end");
    }
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "the period from " + from + " to " + until + " is empty: let it end after it begins");
    }
  }

  /**
   * The period of whole days that ends at an instant.
   *
   * @throws IllegalArgumentException if there are less than 1 or more than 36,500 days, or for a
   *     reason of the constructor
   */
  public static Period ofDays(int days, Instant until, long events) {
    if (days < 1 || days > 36_500) {
      throw new IllegalArgumentException(
          "the number of days is " + days + ": give 1 to 36500, such as 30");
    }
    return new Period(until.minus(Duration.ofDays(days)), until, events);
  }

  /**
   * The period that ends at an instant and is as long as a factory of {@link #EVENTS_PER_DAY} takes
   * for the events, or ten years if that is shorter.
   *
   * @throws IllegalArgumentException for a reason of the constructor
   */
  public static Period atUsualPace(Instant until, long events) {
    long seconds = Math.max(1, (long) ((double) events / EVENTS_PER_DAY * 86_400));
    Duration length = Duration.ofSeconds(Math.min(seconds, LONGEST_USUAL.toSeconds()));
    return new Period(until.minus(length), until, events);
  }

  Duration length() {
    return Duration.between(from, until);
  }
}
