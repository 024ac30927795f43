package dev.wadi.dashboard;

import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Counts the exchanges that each route ends, and those that fail. Camel finds it in the registry.
 * Its own policy of this kind formats two strings for every exchange.
 */
final class RouteCounts implements RoutePolicyFactory {

  private static final String EXCHANGES = "wadi.route.exchanges";
  private static final String FAILURES = "wadi.route.failures";

  private final Metrics metrics;

  RouteCounts(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    // so that both are there from the start
    metrics.count(EXCHANGES, "route", routeId, 0);
    metrics.count(FAILURES, "route", routeId, 0);
    return new RoutePolicySupport() {
      @Override
      public void onExchangeDone(Route done, Exchange exchange) {
        metrics.count(EXCHANGES, "route", routeId, 1);
        if (exchange.isFailed()) {
          metrics.count(FAILURES, "route", routeId, 1);
        }
      }
    };
  }

  long exchanges(String routeId) {
    return total(EXCHANGES, routeId);
  }

  long failures(String routeId) {
    return total(FAILURES, routeId);
  }

  private long total(String name, String routeId) {
    Counter counter = metrics.registry().find(name).tag("route", routeId).counter();
    return counter == null ? 0 : (long) counter.count();
  }
}
