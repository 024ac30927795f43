package dev.wadi.intake;

import dev.wadi.ops.Backoff;
import java.time.Duration;

/** How long to wait after each of several failures in a row. Thread-safe. */
final class ConsecutiveFailures {

  private final Backoff backoff;
  private int failures;

  ConsecutiveFailures(Backoff backoff) {
    this.backoff = backoff;
  }

  /** The wait after one more failure. */
  synchronized Duration failed() {
    return backoff.delay(++failures);
  }

  /** The next failure is a first one again. */
  synchronized void succeeded() {
    failures = 0;
  }
}
