package dev.wadi.dashboard;

import dev.wadi.ops.HealthCheck;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    BooleanSupplier changing =
        camel.getRegistry().lookupByNameAndType("wadi-routes-changing", BooleanSupplier.class);
    if (changing != null && changing.getAsBoolean()) {
      // some are not there for an instant, which is nobody's concern
      return HealthCheck.up("routes are being changed");
    }
    List<String> stopped =
        camel.getRoutes().stream()
            .filter(route -> !Boolean.FALSE.equals(route.isAutoStartup()))
            .map(Route::getRouteId)
            .filter(id -> camel.getRouteController().getRouteStatus(id) != ServiceStatus.Started)
            .sorted()
            .toList();
    if (camel.getRoutes().isEmpty()) {
      return HealthCheck.down("there are no routes");
    }
    return stopped.isEmpty()
        ? HealthCheck.up(camel.getRoutes().size() + " routes run")
        : HealthCheck.down("not running: " + String.join(", ", stopped));
  }
}
