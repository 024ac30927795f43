package dev.wadi.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The terms of the law of conservation and what else an operator watches, each a Prometheus metric.
 *
 * <p>For every source at any moment: {@code received - returned = landed + duplicates + conflicts +
 * rejected + filtered + in flight}. Counts rise once their commit stands; {@code returned} counts
 * what a failed batch gave back to its source, which will be received again. Thread-safe.
 *
 * <p>The names are declared in {@link Metric}. Values of labels may come from events: each metric
 * has at most {@value #MAX_LABEL_VALUES} of them, and what comes after is counted as {@code other}.
 */
public final class Metrics {

  static final int MAX_LABEL_VALUES = 100;
  private static final String OTHER = "other";

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
  private final Clock clock;
  private final ConcurrentMap<String, SourceMeters> sources = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<String>> labelValues = new ConcurrentHashMap<>();

  /**
   * @param clock tells how long records in flight have waited
   */
  public Metrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Adds to a term of the law for a source. */
  public void count(Term term, String source, long events) {
    meters(source).count(term, events);
  }

  /** What a term has come to for a source since the process started. */
  public long total(Term term, String source) {
    return meters(source).total(term);
  }

  /** What a term has come to over all sources. */
  public long total(Term term) {
    return sources.values().stream().mapToLong(source -> source.total(term)).sum();
  }

  /** Changes the number of records of a source that are received and not yet accounted for. */
  public void inFlight(String source, long change) {
    meters(source).inFlight().change(change);
  }

  /** The records over all sources that are received and not yet accounted for. */
  public long inFlight() {
    return sources.values().stream().mapToLong(source -> source.inFlight().records()).sum();
  }

  /** The names of the sources that something was counted for, sorted. */
  public Set<String> sources() {
    return Collections.unmodifiableSet(new TreeSet<>(sources.keySet()));
  }

  /** All terms of one source, read so that they balance if they do. */
  public Totals totals(String source) {
    return Totals.steady(() -> meters(source).totals());
  }

  /**
   * How long the oldest record of a source that is in flight has waited; zero if none is. Takes it
   * that records are accounted for in the order in which they were received.
   */
  public Duration lag(String source) {
    return meters(source).inFlight().lag();
  }

  /** Adds to a counter of its own, such as {@code wadi.columns.drifted}. */
  public void count(String name, String label, String value, long amount) {
    Counter.builder(name)
        .description(Metric.description(name))
        .tag(label, bounded(name, value))
        .register(registry)
        .increment(amount);
  }

  /** Notes how long a stage took, as {@code wadi_stage_seconds{stage}}. */
  public void took(String stage, Duration duration) {
    String name = Metric.STAGE.meter();
    Timer.builder(name)
        .description(Metric.description(name))
        .tag("stage", bounded(name, stage))
        .register(registry)
        .record(duration);
  }

  /** Notes the size of something that has one, such as {@code wadi.batch.events}. */
  public void size(String name, String label, String value, double size) {
    DistributionSummary.builder(name)
        .description(Metric.description(name))
        .tag(label, bounded(name, value))
        .register(registry)
        .record(size);
  }

  /** What the meter of this name means; for those that others register. */
  public static String description(String meter) {
    return Metric.description(meter);
  }

  public MeterRegistry registry() {
    return registry;
  }

  private SourceMeters meters(String source) {
    SourceMeters known = sources.get(source);
    return known != null
        ? known
        : sources.computeIfAbsent(source, name -> new SourceMeters(name, registry, clock));
  }

  private String bounded(String name, String value) {
    Set<String> known = labelValues.computeIfAbsent(name, n -> ConcurrentHashMap.newKeySet());
    if (known.contains(value)) {
      return value;
    }
    synchronized (known) {
      return known.size() < MAX_LABEL_VALUES && known.add(value) || known.contains(value)
          ? value
          : OTHER;
    }
  }
}
