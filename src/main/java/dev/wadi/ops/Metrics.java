package dev.wadi.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The terms of the law of conservation and what else an operator watches, each a Prometheus metric.
 *
 * <p>For every source at any moment: {@code received - returned = landed + duplicates + conflicts +
 * rejected + filtered + in flight}. Counts rise once their commit stands; {@code returned} counts
 * what a failed batch gave back to its source, which will be received again. Thread-safe.
 */
public final class Metrics {

  /** The terms of the law that are counted per source. */
  public enum Term {
    RECEIVED,
    RETURNED,
    LANDED,
    DUPLICATES,
    CONFLICTS,
    REJECTED,
    FILTERED,
    /** Deliveries that an earlier commit had accounted for; outside the law. */
    REDELIVERED
  }

  private final MeterRegistry registry;
  private final ConcurrentMap<String, AtomicLong> inFlight = new ConcurrentHashMap<>();

  public Metrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Adds to a term of the law for a source. */
  public void count(Term term, String source, long events) {
    term(term, source).increment(events);
  }

  /** What a term has come to for a source since the process started. */
  public long total(Term term, String source) {
    return (long) term(term, source).count();
  }

  /** What a term has come to over all sources. */
  public long total(Term term) {
    return (long) registry.find(name(term)).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Changes the number of records of a source that are received and not yet accounted for. */
  public void inFlight(String source, long change) {
    inFlight
        .computeIfAbsent(
            source,
            name -> registry.gauge("wadi.events.in.flight", sourceTag(name), new AtomicLong()))
        .addAndGet(change);
  }

  /** The records over all sources that are received and not yet accounted for. */
  public long inFlight() {
    return inFlight.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** Adds to a counter of its own, such as {@code wadi.columns.drifted}. */
  public void count(String name, String label, String value, long amount) {
    registry.counter(name, label, value).increment(amount);
  }

  /** Notes how long a stage took, as {@code wadi_stage_seconds{stage}}. */
  public void took(String stage, Duration duration) {
    Timer.builder("wadi.stage")
        .tag("stage", stage)
        .publishPercentileHistogram(false)
        .register(registry)
        .record(duration);
  }

  /** Notes the size of something that has one, such as {@code wadi.batch.events}. */
  public void size(String name, String label, String value, double size) {
    registry.summary(name, label, value).record(size);
  }

  public MeterRegistry registry() {
    return registry;
  }

  private Counter term(Term term, String source) {
    return registry.counter(name(term), sourceTag(source));
  }

  private static String name(Term term) {
    return "wadi.events." + term.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Iterable<io.micrometer.core.instrument.Tag> sourceTag(String source) {
    return io.micrometer.core.instrument.Tags.of("source", source);
  }
}
