package dev.wadi.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A check with its last answer and the call that is under way. Thread-safe. */
final class RunningCheck {

  private final String name;
  private final HealthCheck check;
  private final boolean vital;
  private final Clock clock;
  private final Executor threads;
  private CompletableFuture<Health.Check> call;
  private long calledAtMillis;
  private volatile Health.Check last;

  /**
   * @param vital whether an answer that is late counts as the last one, and at first as up; else as
   *     down
   */
  RunningCheck(String name, HealthCheck check, boolean vital, Clock clock, Executor threads) {
    this.name = name;
    this.check = check;
    this.vital = vital;
    this.clock = clock;
    this.threads = threads;
  }

  /** Calls the check unless a call is under way or its last answer is younger than this. */
  synchronized void start(Duration fresh) {
    long now = clock.millis();
    boolean wanted = call == null || call.isDone() && now - calledAtMillis >= fresh.toMillis();
    if (wanted) {
      calledAtMillis = now;
      call = CompletableFuture.supplyAsync(this::ask, threads);
    }
  }

  /** The last answer, if it comes within the time. */
  Health.Check answer(long nanos) {
    CompletableFuture<Health.Check> latest;
    long sinceMillis;
    synchronized (this) {
      latest = call;
      sinceMillis = calledAtMillis;
    }
    try {
      return latest.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      long millis = Math.max(0, clock.millis() - sinceMillis);
      return late(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health.Check(name, "DOWN", "interrupted while asking", 0);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the check " + name + " broke", e.getCause());
    }
  }

  private Health.Check late(long millis) {
    Health.Check before = last;
    if (!vital) {
      return new Health.Check(name, "DOWN", "no answer yet", millis);
    }
    return before == null
        ? new Health.Check(name, "UP", "no answer yet", millis)
        : new Health.Check(
            name, before.status(), "no answer yet, and before: " + before.detail(), millis);
  }

  private Health.Check ask() {
    long start = clock.millis();
    HealthCheck.Result result;
    try {
      result = check.ask();
    } catch (Exception e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      result = HealthCheck.down(why.lines().findFirst().orElse(""));
    }
    last = new Health.Check(name, result.state().name(), result.detail(), clock.millis() - start);
    return last;
  }
}
