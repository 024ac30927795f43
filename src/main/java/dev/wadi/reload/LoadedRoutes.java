package dev.wadi.reload;

import dev.wadi.intake.SourceConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.ModelRoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The routes of a running context, stopped, taken away and loaded by their ids. What loads and
 * starts them is Camel's own.
 */
final class LoadedRoutes {

  /** What nobody waits for any more: the routes are empty. */
  private static final long AT_ONCE_MILLIS = 1_000;

  private final CamelContext camel;

  LoadedRoutes(CamelContext camel) {
    this.camel = camel;
  }

  /** The ids of those that templates have made. */
  Set<String> templated() {
    Set<String> ids = new LinkedHashSet<>();
    camel.getRoutes().stream()
        .filter(Route::isCreatedByRouteTemplate)
        .forEach(route -> ids.add(route.getRouteId()));
    return ids;
  }

  /**
   * Those of some ids that run: what brings exchanges before what they are led to, and sources
   * last. These wait at the gate and bring nothing, but give back what they have when they stop: so
   * that is only done when all others have stopped.
   */
  List<Route> running(Set<String> ids) {
    return camel.getRoutes().stream()
        .filter(route -> ids.contains(route.getRouteId()))
        .filter(route -> isStarted(route.getRouteId()))
        .sorted(Comparator.comparingInt(LoadedRoutes::turn))
        .toList();
  }

  static boolean isSource(Route route) {
    return route.getConsumer() instanceof SourceConsumer;
  }

  private static int turn(Route route) {
    if (isSource(route)) {
      return 2;
    }
    return route.getEndpoint().getEndpointUri().startsWith("direct:") ? 1 : 0;
  }

  /**
   * Stops a route when its exchanges have ended.
   *
   * @return false if that takes longer than the time: then it goes on
   */
  boolean stop(Route route, long millis) throws Exception {
    return camel
        .getRouteController()
        .stopRoute(route.getRouteId(), Math.max(1, millis), TimeUnit.MILLISECONDS, true);
  }

  /** Starts a route that was stopped; one that runs goes on. */
  void start(String id) throws Exception {
    if (!isStarted(id)) {
      camel.getRouteController().startRoute(id);
    }
  }

  boolean has(String id) {
    return camel.getRoute(id) != null;
  }

  /** How many exchanges are in a route. */
  int inFlight(String id) {
    return camel.getInflightRepository().size(id);
  }

  /** Takes routes away that are stopped or never started, and forgets how they were made. */
  void remove(Collection<String> ids) throws Exception {
    Model model = model();
    for (String id : ids) {
      if (has(id)) {
        camel.getRouteController().stopRoute(id, AT_ONCE_MILLIS, TimeUnit.MILLISECONDS);
        camel.removeRoute(id);
      }
      if (model.getRouteDefinition(id) != null) {
        model.removeRouteDefinition(model.getRouteDefinition(id));
      }
    }
  }

  void removeTemplates() throws Exception {
    camel.removeRouteTemplates("*");
  }

  void forget(Set<String> beans) {
    beans.forEach(name -> camel.getRegistry().unbind(name));
  }

  /** Loads and starts what a plan adds; a failure leaves some of it behind. */
  void add(Plan plan) throws Exception {
    List<RoutesBuilder> builders = new ArrayList<>();
    for (String location : plan.added().keySet()) {
      Resource file = ResourceHelper.fromString(location, plan.to().file(location).text());
      for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(file)) {
        narrow(builder, plan.added().get(location));
        builders.add(builder);
      }
    }
    // beans and templates of all files before the routes of any
    for (RoutesBuilder builder : builders) {
      if (builder instanceof ModelRoutesBuilder model) {
        model.prepareModel(camel);
      }
    }
    for (RoutesBuilder builder : builders) {
      builder.addRoutesToCamelContext(camel);
    }
    for (RoutesBuilder builder : builders) {
      builder.addTemplatedRoutesToCamelContext(camel);
    }
  }

  /** Leaves only the wanted routes in a file that has others too. */
  private void narrow(RoutesBuilder builder, Set<String> ids) throws Exception {
    if (builder instanceof RouteBuilder routes) {
      routes
          .configureRoutes(camel)
          .getRoutes()
          .removeIf(route -> !ids.contains(((NamedNode) route).getId()));
    }
  }

  private boolean isStarted(String id) {
    return camel.getRouteController().getRouteStatus(id) == ServiceStatus.Started;
  }

  private Model model() {
    return camel.getCamelContextExtension().getContextPlugin(Model.class);
  }
}
