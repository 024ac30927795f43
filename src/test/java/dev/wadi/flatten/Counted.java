package dev.wadi.flatten;

import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/** Metrics whose counters can be read. */
final class Counted {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Metrics metrics = new Metrics(registry, Clock.systemUTC());

  long drifted() {
    return of("wadi.columns.drifted");
  }

  long refused() {
    return of("wadi.columns.refused");
  }

  private long of(String name) {
    return (long) registry.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }
}
