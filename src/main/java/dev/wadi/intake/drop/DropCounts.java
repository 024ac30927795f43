package dev.wadi.intake.drop;

import dev.wadi.ops.Metrics;

/** What a source of objects counts beside what every source does. */
final class DropCounts {

  private final Metrics metrics;

  DropCounts(Metrics metrics) {
    this.metrics = metrics;
  }

  /** An object was read to its end, or what could be read of it. */
  void read() {
    object("read");
  }

  /** An object has no records. */
  void empty() {
    object("empty");
  }

  /** An object was accounted for by earlier commits. */
  void known() {
    object("known");
  }

  /** Nothing of an object could be read. */
  void unreadable() {
    object("unreadable");
  }

  /** A notice asks for nothing. */
  void ignored(String reason) {
    metrics.count("wadi.drops.ignored", "reason", reason, 1);
  }

  private void object(String outcome) {
    metrics.count("wadi.drops.objects", "outcome", outcome, 1);
  }
}
