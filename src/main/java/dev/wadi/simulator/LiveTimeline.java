package dev.wadi.simulator;

import java.time.Clock;
import java.time.Instant;

/** The moment of the emission itself; each at least a microsecond after the one before. */
final class LiveTimeline implements Timeline {

  private final Clock clock;
  private long latest = Long.MIN_VALUE;

  LiveTimeline(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long micros(long index) {
    Instant now = clock.instant();
    latest = Math.max(latest + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
    return latest;
  }
}
