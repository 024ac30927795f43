package dev.wadi.reload;

import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Gauge;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted about changes of routes. Thread-safe. */
final class RouteCounters {

  /** The files are wrong, or change what can't be changed in a running process. */
  static final String CHECK = "check";

  /** What was under way did not land in time. */
  static final String DRAIN = "drain";

  /** The routes would not start. */
  static final String START = "start";

  private static final String CHANGED = "wadi.routes.changed";
  private static final String REFUSED = "wadi.routes.refused";
  private static final String OUTDATED = "wadi.routes.outdated";

  private final Metrics metrics;
  private final AtomicInteger outdated = new AtomicInteger();

  RouteCounters(Metrics metrics) {
    this.metrics = metrics;
    List.of(CHECK, DRAIN, START).forEach(reason -> metrics.count(REFUSED, "reason", reason, 0));
    Gauge.builder(OUTDATED, outdated, AtomicInteger::get)
        .description(Metrics.description(OUTDATED))
        .tag("folder", "routes")
        .strongReference(true)
        .register(metrics.registry());
  }

  void changed(Set<String> routes) {
    routes.forEach(route -> metrics.count(CHANGED, "route", route, 1));
  }

  void refused(String reason) {
    metrics.count(REFUSED, "reason", reason, 1);
  }

  /** Whether the files say something else than what runs. */
  void outdated(boolean now) {
    outdated.set(now ? 1 : 0);
  }
}
