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
 * long ago the oldest delivery was sent that it holds, or has given back since a batch landed.
 * Thread-safe.
 */
final class SourceCounts {

  private final Metrics metrics;
  private final String source;
  private final HeldDeliveries held;
  private final Clock clock;
  private final AtomicReference<Instant> oldestReturned = new AtomicReference<>();
  private final Gauge lag;

  SourceCounts(Metrics metrics, String source, HeldDeliveries held, Clock clock) {
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
  void received(Collection<? extends Delivery> deliveries) {
    bySource(deliveries)
        .forEach(
            (name, events) -> {
              metrics.count(Term.RECEIVED, name, events);
              metrics.inFlight(name, events);
            });
  }

  /** Given back: will be received again. */
  void returned(Collection<? extends Delivery> deliveries) {
    bySource(deliveries)
        .forEach(
            (name, events) -> {
              metrics.count(Term.RETURNED, name, events);
              metrics.inFlight(name, -events);
            });
    for (Delivery delivery : deliveries) {
      oldestReturned.accumulateAndGet(delivery.sentAt(), SourceCounts::earlier);
    }
  }

  /** Accounted for by a commit, which has counted the outcomes. */
  void ended(Collection<? extends Delivery> deliveries) {
    bySource(deliveries).forEach((name, events) -> metrics.inFlight(name, -events));
    oldestReturned.set(null);
  }

  /** Accounted for by an earlier commit and acknowledged now. */
  void redelivered(int deliveries) {
    metrics.count(Term.REDELIVERED, source, deliveries);
  }

  /** Deliveries become dead letters without the pipeline. */
  void isolated(Isolation why, int deliveries) {
    metrics.count("wadi.messages.isolated", "reason", why.reason(), deliveries);
  }

  /** A batch has failed, and is held to be tried again. */
  void heldBack() {
    metrics.count("wadi.batches.held", "source", source, 1);
  }

  /** Accounted for, but their origin would not have them acknowledged. */
  void undeleted(int deliveries) {
    if (deliveries > 0) {
      metrics.count("wadi.source.undeleted", "source", source, deliveries);
    }
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

  private static Map<String, Long> bySource(Collection<? extends Delivery> deliveries) {
    Map<String, Long> events = new TreeMap<>();
    deliveries.forEach(
        delivery -> events.merge(delivery.source(), (long) delivery.size(), Long::sum));
    return events;
  }
}
