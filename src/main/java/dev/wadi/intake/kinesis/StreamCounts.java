package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Metrics.Term;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a stream adds to the law of conservation, and how far its reading is behind. A record is
 * received when its batch is handed over. Thread-safe.
 */
final class StreamCounts {

  private final Metrics metrics;
  private final String source;
  private final List<Gauge> gauges;

  StreamCounts(Metrics metrics, String source, Shards shards, Clock clock) {
    this.metrics = metrics;
    this.source = source;
    this.gauges =
        List.of(
            gauge("wadi.source.lag.seconds", shards, it -> lagSeconds(it, clock)),
            gauge("wadi.source.behind.seconds", shards, it -> it.millisBehind() / 1e3),
            gauge("wadi.source.shards", shards, Shards::count));
  }

  /** Takes the gauges out of the metrics: a stopped source has none. */
  void stop() {
    gauges.forEach(metrics.registry()::remove);
  }

  /** Handed over: in flight from now on. */
  void received(Batch batch) {
    metrics.count(Term.RECEIVED, source, batch.size());
    metrics.inFlight(source, batch.size());
    metrics.size("wadi.batch.events", "source", source, batch.size());
  }

  /** Failed: will be handed over again, here or by whoever reads the shard next. */
  void returned(Batch batch) {
    metrics.count(Term.RETURNED, source, batch.size());
    metrics.inFlight(source, -batch.size());
  }

  /** Accounted for by a commit, which has counted the outcomes. */
  void ended(Batch batch) {
    metrics.inFlight(source, -batch.size());
  }

  /** Accounted for by an earlier commit, and not handed over. */
  void redelivered(int records) {
    metrics.count(Term.REDELIVERED, source, records);
  }

  private Gauge gauge(String name, Shards shards, ToDoubleFunction<Shards> value) {
    return Gauge.builder(name, shards, value).tag("source", source).register(metrics.registry());
  }

  private static double lagSeconds(Shards shards, Clock clock) {
    Instant now = clock.instant();
    return shards
        .oldest()
        .map(oldest -> Math.max(0, Duration.between(oldest, now).toMillis()) / 1e3)
        .orElse(0.0);
  }
}
