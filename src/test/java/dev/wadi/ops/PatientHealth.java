package dev.wadi.ops;

import java.time.Clock;
import java.time.Duration;

/**
 * Health that a busy machine doesn't make unready: its checks may take longer than a user's may.
 */
public final class PatientHealth {

  private PatientHealth() {}

  /** Health that waits five seconds for an answer. */
  public static Health of(Clock clock) {
    return new Health(clock, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
