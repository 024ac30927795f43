package dev.wadi.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How a feed of what has landed is getting on, for health and metrics. One for each feed of a
 * process, whatever routes read it. Thread-safe.
 */
public final class FeedStatus {

  private final String feed;
  private final Metrics metrics;
  private final Clock clock;
  private int waiting;
  private Instant oldest;
  private Instant failingSince;
  private String lastError;
  private String owner;
  private long looks;

  /**
   * @param feed its name
   */
  public FeedStatus(String feed, Metrics metrics, Clock clock) {
    this.feed = feed;
    this.metrics = metrics;
    this.clock = clock;
    gauge(Metric.FEED_COMMITS, FeedStatus::waiting);
    gauge(Metric.FEED_LAG, status -> status.lag().toMillis() / 1e3);
  }

  public String feed() {
    return feed;
  }

  /** Rows were handed on; what is repeated is counted again. */
  public void handedOn(int rows) {
    metrics.count(Metric.FEED_ROWS.meter(), "feed", feed, rows);
  }

  /** Something has failed, and is tried again. */
  public synchronized void failed(String why) {
    metrics.count(Metric.FEED_FAILURES.meter(), "feed", feed, 1);
    lastError = why;
    failingSince = failingSince == null ? clock.instant() : failingSince;
  }

  /** What failed before has succeeded. */
  public synchronized void succeeded() {
    lastError = null;
    failingSince = null;
  }

  /**
   * So many commits are left to be looked at.
   *
   * @param first when the first of them was cut; null if there is none
   */
  public synchronized void waiting(int commits, Instant first) {
    waiting = commits;
    oldest = first;
  }

  /** The lake was looked at, and nothing was left to be handed on. */
  public synchronized void rested() {
    waiting(0, null);
    owner = null;
    looks++;
    succeeded();
  }

  /** Another process has the feed. */
  public synchronized void standsBy(String other) {
    waiting(0, null);
    owner = other;
    looks++;
    succeeded();
  }

  /** This process has the feed. */
  public synchronized void takenOver() {
    owner = null;
  }

  /** How often the lake was looked at and there was nothing for this process to hand on. */
  public synchronized long looks() {
    return looks;
  }

  /** How many commits are left to be looked at. */
  public synchronized int waiting() {
    return waiting;
  }

  /** How long ago the first commit was cut that has not been handed on; zero if there is none. */
  public synchronized Duration lag() {
    if (oldest == null) {
      return Duration.ZERO;
    }
    Duration lag = Duration.between(oldest, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /** Since when everything has failed; empty if the last thing succeeded. */
  public synchronized Optional<Instant> failingSince() {
    return Optional.ofNullable(failingSince);
  }

  /** Why the last thing failed; empty if it succeeded. */
  public synchronized Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** The process that has the feed instead of this one; empty if none is known. */
  public synchronized Optional<String> owner() {
    return Optional.ofNullable(owner);
  }

  private void gauge(Metric metric, ToDoubleFunction<FeedStatus> value) {
    MeterRegistry registry = metrics.registry();
    Gauge.builder(metric.meter(), this, value)
        .description(metric.description())
        .tag("feed", feed)
        .strongReference(true)
        .register(registry);
  }
}
