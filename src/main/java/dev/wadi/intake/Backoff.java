package dev.wadi.intake;

import java.time.Duration;

/** How long to wait after a failure: doubling from one to the next, up to a limit. Thread-safe. */
final class Backoff {

  private final Duration first;
  private final Duration longest;
  private Duration next;

  Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** The wait after one more failure. */
  synchronized Duration failed() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return wait;
  }

  /** The next failure is a first one again. */
  synchronized void succeeded() {
    next = first;
  }
}
