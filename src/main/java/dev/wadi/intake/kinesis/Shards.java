package dev.wadi.intake.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of all shards that a source reads. Thread-safe. */
final class Shards {

  private final Set<ShardLine> lines = ConcurrentHashMap.newKeySet();
  private boolean paused;
  private boolean stopping;

  /** A line begins, in the state that all are in. */
  synchronized void add(ShardLine line) {
    lines.add(line);
    if (paused) {
      line.pause();
    }
    if (stopping) {
      line.drain();
    }
  }

  void remove(ShardLine line) {
    lines.remove(line);
  }

  synchronized void pause() {
    paused = true;
    lines.forEach(ShardLine::pause);
  }

  synchronized void resume() {
    paused = false;
    lines.forEach(ShardLine::resume);
  }

  /** Nothing more is taken or handed over, also by lines that are added later. */
  synchronized void drain() {
    stopping = true;
    lines.forEach(ShardLine::drain);
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** Gives up what is on its way. */
  void end() {
    lines.forEach(ShardLine::end);
  }

  /**
   * Waits until nothing is on its way.
   *
   * @return false if that takes longer than the time
   */
  boolean awaitEnded(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    boolean ended = true;
    for (ShardLine line : lines) {
      ended &= line.awaitEnded(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return ended;
  }

  int count() {
    return lines.size();
  }

  /** When the stream took the oldest record that is held. */
  Optional<Instant> oldest() {
    return lines.stream().flatMap(line -> line.oldest().stream()).min(Comparator.naturalOrder());
  }

  /** How far reading was behind the newest record, in the shard that is furthest behind. */
  long millisBehind() {
    return lines.stream().mapToLong(ShardLine::millisBehind).max().orElse(0);
  }
}
