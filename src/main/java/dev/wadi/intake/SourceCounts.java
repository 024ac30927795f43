package dev.wadi.intake;

import dev.wadi.event.Isolation;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Metrics.Term;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a source adds to the law of conservation, so that it holds at every step, and its lag: how
 * long ago the oldest message was sent that it holds, or has given back since a batch landed.
 * Thread-safe.
 */
final class SourceCounts {

  private final Metrics metrics;
  private final String source;
  private final HeldMessages held;
  private final Clock clock;
  private final AtomicReference<Instant> oldestReturned = new AtomicReference<>();
  private final Gauge lag;

  SourceCounts(Metrics metrics, String source, HeldMessages held, Clock clock) {
    this.metrics = metrics;
    this.source = source;
    this.held = held;
    this.clock = clock;
    this.lag =
        Gauge.builder("wadi.source.lag.seconds", this, SourceCounts::lagSeconds)
            .tag("source", source)
            .register(metrics.registry());
  }

  /** Takes the lag out of the metrics: a stopped source has none. */
  void stop() {
    metrics.registry().remove(lag);
  }

  /** Taken in: in flight from now on. */
  void received(Collection<HeldMessage> messages) {
    bySource(messages)
        .forEach(
            (name, events) -> {
              metrics.count(Term.RECEIVED, name, events);
              metrics.inFlight(name, events);
            });
  }

  /** Given back: will be received again. */
  void returned(Collection<HeldMessage> messages) {
    bySource(messages)
        .forEach(
            (name, events) -> {
              metrics.count(Term.RETURNED, name, events);
              metrics.inFlight(name, -events);
            });
    for (HeldMessage message : messages) {
      oldestReturned.accumulateAndGet(message.sentAt(), SourceCounts::earlier);
    }
  }

  /** Accounted for by a commit, which has counted the outcomes. */
  void ended(Collection<HeldMessage> messages) {
    bySource(messages).forEach((name, events) -> metrics.inFlight(name, -events));
    oldestReturned.set(null);
  }

  /** Accounted for by an earlier commit and deleted now. */
  void redelivered(int messages) {
    metrics.count(Term.REDELIVERED, source, messages);
  }

  /** Messages become dead letters without the pipeline. */
  void isolated(Isolation why, int messages) {
    metrics.count("wadi.messages.isolated", "reason", why.reason(), messages);
  }

  /** A batch has failed, and is held to be tried again. */
  void heldBack() {
    metrics.count("wadi.batches.held", "source", source, 1);
  }

  /** Accounted for, but the queue would not delete them. */
  void undeleted(int messages) {
    metrics.count("wadi.source.undeleted", "source", source, messages);
  }

  private double lagSeconds() {
    Instant oldest = earlier(oldestReturned.get(), held.oldestSent().orElse(null));
    return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / 1000.0;
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static Map<String, Long> bySource(Collection<HeldMessage> messages) {
    Map<String, Long> events = new TreeMap<>();
    messages.forEach(message -> events.merge(message.source(), (long) message.size(), Long::sum));
    return events;
  }
}
