package dev.wadi.intake.kinesis;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a record that fails alone is to blame, and not the route: only as long as others land.
 * Else a broken route would make a dead letter of every record of a stream. Thread-safe; the lines
 * of a source share one.
 */
final class Trust {

  /** So many records may be to blame in a row. */
  static final int IN_A_ROW = 3;

  private final AtomicInteger left = new AtomicInteger();

  /** A batch has landed that was led through the pipeline. */
  void landed() {
    left.set(IN_A_ROW);
  }

  /** Whether one more record may be blamed; if so, it counts as blamed. */
  boolean blame() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
