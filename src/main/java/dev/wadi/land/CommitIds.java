package dev.wadi.land;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes commit ids: ULIDs, 26 characters of Crockford's base 32, the first ten the time in
 * milliseconds, the rest random. They sort by time; in one process each is greater than all before
 * it, also when the clock goes back. Thread-safe.
 */
public final class CommitIds {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private final Clock clock;
  private final RandomGenerator random;
  private long lastMillis;

  /**
   * @param last the greatest commit id in the lake, which every new one must exceed; null if none
   */
  public CommitIds(Clock clock, RandomGenerator random, String last) {
    this.clock = clock;
    this.random = random;
    this.lastMillis = last == null ? 0 : millis(last);
  }

  /**
   * Ids behind all that are settled in a lake, also if some of those are ahead of the clock.
   *
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   */
  public static CommitIds behindAll(CommitLog log, Clock clock, RandomGenerator random) {
    CommitIds ids = new CommitIds(clock, random, null);
    // those before the present are exceeded anyway, so they need not be listed
    List<String> ahead = log.settledAfter(ids.next());
    return ahead.isEmpty() ? ids : new CommitIds(clock, random, ahead.get(ahead.size() - 1));
  }

  /** A new id, greater than every one before. */
  public synchronized String next() {
    lastMillis = Math.max(clock.millis(), lastMillis + 1);
    StringBuilder id = new StringBuilder(TIME_DIGITS + RANDOM_DIGITS);
    for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
      id.append(DIGITS.charAt((int) (lastMillis >>> (5 * digit)) & 31));
    }
    for (int digit = 0; digit < RANDOM_DIGITS; digit++) {
      id.append(DIGITS.charAt(random.nextInt(32)));
    }
    return id.toString();
  }

  /** The time that an id carries. */
  public static Instant time(String id) {
    return Instant.ofEpochMilli(millis(id));
  }

  private static long millis(String id) {
    long millis = 0;
    for (int digit = 0; digit < TIME_DIGITS; digit++) {
      millis = millis << 5 | DIGITS.indexOf(id.charAt(digit));
    }
    return millis;
  }
}
