package dev.wadi.dashboard;

import dev.wadi.ops.ChangingRoutes;
import dev.wadi.ops.HealthCheck;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** Up if there are routes, and every one of them that starts by itself is running. */
final class RoutesCheck implements HealthCheck {

  private final Supplier<CamelContext> context;

  RoutesCheck(Supplier<CamelContext> context) {
    this.context = context;
  }

  @Override
  public Result ask() {
    CamelContext camel = context.get();
    List<String> stopped =
        camel.getRoutes().stream()
            .filter(route -> !Boolean.FALSE.equals(route.isAutoStartup()))
            .map(Route::getRouteId)
            .filter(id -> !runs(camel, id))
            // asked last: it may have begun to change meanwhile
            .filter(id -> !isChanging(camel, id))
            .sorted()
            .toList();
    if (camel.getRoutes().isEmpty()) {
      return HealthCheck.down("there are no routes");
    }
    return stopped.isEmpty()
        ? HealthCheck.up(camel.getRoutes().size() + " routes run")
        : HealthCheck.down("not running: " + String.join(", ", stopped));
  }

  /** One that is gone meanwhile is nobody's concern. */
  private static boolean runs(CamelContext camel, String id) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(id);
    return status == null || status == ServiceStatus.Started;
  }

  /** Some don't run for an instant while their files change; what comes of it is told of these. */
  private static boolean isChanging(CamelContext camel, String id) {
    ChangingRoutes changing = camel.getRegistry().findSingleByType(ChangingRoutes.class);
    return changing != null && changing.has(id);
  }
}
