package dev.wadi.intake;

import dev.wadi.ops.Backoff;
import java.time.Duration;

/** How long to wait after each of several failures in a row. Thread-safe. */
public final class ConsecutiveFailures {

  private final Backoff backoff;
  private int failures;

  public ConsecutiveFailures(Backoff backoff) {
    this.backoff = backoff;
  }

  /** The wait after one more failure. */
  public synchronized Duration failed() {
    return backoff.delay(++failures);
  }

  /** The next failure is a first one again. */
  public synchronized void succeeded() {
    failures = 0;
  }
}
