package dev.wadi.intake.sqs;

import dev.wadi.event.Deliveries;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A source with what it needs, quick enough for tests. */
final class SourceFixture implements AutoCloseable {

  static final IsolationRules RULES = new IsolationRules(3, 5, 10);

  final ParkingRoute route = new ParkingRoute();
  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  final Set<String> committed = ConcurrentHashMap.newKeySet();
  final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  final ReleasedClaims claims = new ReleasedClaims();
  final SourceStatus status;
  final String name;
  final SqsSource source;

  SourceFixture(SqsClient client, SqsSettings settings) {
    this(client, settings, null);
  }

  /**
   * @param deliveries null for what the set {@code committed} names
   */
  SourceFixture(SqsClient client, SqsSettings settings, Deliveries deliveries) {
    this.name = settings.source();
    this.status = new SourceStatus(name, Clock.systemUTC());
    Deliveries known = (source, delivery) -> committed.contains(delivery);
    SourceParts parts =
        new SourceParts(
            route,
            deliveries == null ? known : deliveries,
            claims,
            metrics,
            status,
            new AtomicLong()::incrementAndGet,
            Clock.systemUTC());
    this.source =
        new SqsSource(
            settings,
            SqsQueue.find(client, settings.queue()),
            parts,
            stored::get,
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2)));
  }

  static SqsSettings settings(TestQueue queue) {
    return settings(queue, 100, Duration.ofMillis(300), Duration.ofSeconds(30), 32);
  }

  static SqsSettings settings(
      TestQueue queue, int maxEvents, Duration maxWait, Duration visibility, int permits) {
    return new SqsSettings(
        queue.name(),
        maxEvents,
        maxWait,
        2,
        visibility,
        permits,
        Long.MAX_VALUE,
        RULES,
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(20));
  }

  SourceFixture start() {
    source.start();
    return this;
  }

  long total(Metrics.Term term) {
    return metrics.total(term, name);
  }

  double lag() {
    return metrics.registry().get("wadi.source.lag.seconds").tag("source", name).gauge().value();
  }

  @Override
  public void close() {
    source.stop();
  }
}
