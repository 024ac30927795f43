package dev.wadi.intake.poll;

import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the polling goes: for the log, health and metrics. Thread-safe. */
final class PollStatus {

  private static final Logger LOG = LoggerFactory.getLogger(PollStatus.class);

  private final String source;
  private final Metrics metrics;
  private final Clock clock;
  private final Instant begun;
  private volatile Instant whole;
  private volatile Trouble trouble;
  private volatile Instant due;

  /**
   * What somebody must look at.
   *
   * @param lasting whether it ends with the next whole sweep only, and not with the next answer
   */
  private record Trouble(String text, boolean lasting) {}

  PollStatus(String source, Metrics metrics, Clock clock) {
    this.source = source;
    this.metrics = metrics;
    this.clock = clock;
    begun = clock.instant();
    due = begun;
    gauge("wadi.poll.success.age.seconds", status -> status.age());
    gauge("wadi.poll.wait.seconds", status -> status.left());
  }

  /** A request has ended so. */
  void asked(String outcome) {
    metrics.count("wadi.poll.requests", "outcome", outcome, 1);
    if (!outcome.equals("failed") && !outcome.equals("limited") && !isLasting()) {
      trouble = null;
    }
  }

  /** What was taken is durable. */
  void stored() {
    if (!isLasting()) {
      trouble = null;
    }
  }

  /** A page is an object, or was one before. */
  void put(boolean isNew) {
    metrics.count("wadi.poll.objects", "outcome", isNew ? "put" : "known", 1);
  }

  /** The next request is not before then, for this reason. */
  void waits(Instant until, String reason) {
    due = until;
    metrics.count("wadi.poll.waits", "reason", reason, 1);
  }

  /** It will be tried again. */
  void failed(String text) {
    tell(text);
    if (!isLasting()) {
      trouble = new Trouble(text, false);
    }
  }

  /** The sweep ends before its last page. */
  void gaveUp(String text) {
    tell(text);
    trouble = new Trouble(text, true);
    metrics.count("wadi.poll.sweeps", "outcome", "given_up", 1);
  }

  /** A sweep has come to its end, and its state is durable. */
  void swept(Sweep sweep) {
    whole = clock.instant();
    trouble = null;
    metrics.count("wadi.poll.sweeps", "outcome", "whole", 1);
    LOG.debug("{}: pages={} objects={}", source, sweep.pages().size(), sweep.objects());
  }

  HealthCheck.Result check() {
    Trouble now = trouble;
    if (now != null) {
      return HealthCheck.degraded(now.text());
    }
    return HealthCheck.up(
        whole == null
            ? "the first sweep is under way"
            : "the last whole sweep was " + Math.round(age()) + " s ago");
  }

  private void tell(String text) {
    Trouble before = trouble;
    if (before == null || !before.text().equals(text)) {
      LOG.warn("{}: {}", source, text);
    }
  }

  private boolean isLasting() {
    Trouble now = trouble;
    return now != null && now.lasting();
  }

  private double age() {
    Instant last = whole == null ? begun : whole;
    return Duration.between(last, clock.instant()).toMillis() / 1e3;
  }

  private double left() {
    return Math.max(0, Duration.between(clock.instant(), due).toMillis() / 1e3);
  }

  private void gauge(String name, java.util.function.ToDoubleFunction<PollStatus> value) {
    Gauge.builder(name, this, value)
        .description(Metrics.description(name))
        .tag("source", source)
        .register(metrics.registry());
  }
}
