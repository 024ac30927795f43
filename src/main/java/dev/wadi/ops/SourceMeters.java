package dev.wadi.ops;

import dev.wadi.ops.Metrics.Term;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one source. All are there from the first count on, so that none is missing at 0.
 */
final class SourceMeters {

  private final Map<Term, Counter> terms = new EnumMap<>(Term.class);
  private final InFlight inFlight;

  SourceMeters(String source, MeterRegistry registry, Clock clock) {
    inFlight = new InFlight(clock);
    for (Term term : Term.values()) {
      Metric metric = Metric.of(term);
      terms.put(
          term,
          Counter.builder(metric.meter())
              .description(metric.description())
              .tag("source", source)
              .register(registry));
    }
    gauge(Metric.IN_FLIGHT, source, InFlight::records, registry);
    gauge(Metric.LAG, source, it -> it.lag().toMillis() / 1e3, registry);
  }

  private void gauge(
      Metric metric, String source, ToDoubleFunction<InFlight> value, MeterRegistry registry) {
    Gauge.builder(metric.meter(), inFlight, value)
        .description(metric.description())
        .tag("source", source)
        .register(registry);
  }

  void count(Term term, long events) {
    terms.get(term).increment(events);
  }

  long total(Term term) {
    return (long) terms.get(term).count();
  }

  InFlight inFlight() {
    return inFlight;
  }

  Totals totals() {
    return new Totals(
        total(Term.RECEIVED),
        total(Term.RETURNED),
        total(Term.LANDED),
        total(Term.DUPLICATES),
        total(Term.CONFLICTS),
        total(Term.REJECTED),
        total(Term.FILTERED),
        total(Term.REDELIVERED),
        inFlight.records());
  }
}
