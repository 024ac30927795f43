package dev.wadi.ops;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named points of the batch protocol at which a crash test can hold the process, to kill it there.
 * Off unless the environment variable {@code WADI_FAILPOINT} names one: {@code published}, or
 * {@code published:3} for the third time it is reached. With {@code /500} behind it, it is held for
 * so many milliseconds only: time enough to be paused there, and to go on from there when it wakes.
 */
public final class Failpoint {

  private static final String SETTING = System.getenv("WADI_FAILPOINT");
  private static final String WANTED = SETTING == null ? null : SETTING.replaceFirst("/.*", "");
  private static final long MILLIS =
      SETTING == null || !SETTING.contains("/")
          ? Long.MAX_VALUE
          : Long.parseLong(SETTING.replaceFirst(".*/", ""));
  private static final String NAME = WANTED == null ? null : WANTED.replaceFirst(":.*", "");
  private static final int AT =
      WANTED == null || !WANTED.contains(":")
          ? 1
          : Integer.parseInt(WANTED.replaceFirst(".*:", ""));
  private static final AtomicInteger REACHED = new AtomicInteger();

  private Failpoint() {}

  /** Goes on at once, or, at the wanted point, says so on standard error and waits to be killed. */
  public static void reach(String name) {
    if (!name.equals(NAME) || REACHED.incrementAndGet() != AT) {
      return;
    }
    System.err.println("failpoint " + name);
    try {
      new CountDownLatch(1).await(MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
