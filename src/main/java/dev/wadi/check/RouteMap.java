package dev.wadi.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/** Routes and how they lead to each other. */
final class RouteMap {

  private static final String DIRECT = "direct";
  private static final Set<String> HANDOVERS =
      Set.of("seda", "vm", "disruptor", "disruptor-vm", "stub");

  private final CamelContext camel;
  private final List<RouteDefinition> routes;
  private final Map<String, List<RouteDefinition>> byDirect = new LinkedHashMap<>();

  RouteMap(CamelContext camel, List<RouteDefinition> routes) {
    this.camel = camel;
    this.routes = List.copyOf(routes);
    for (RouteDefinition route : routes) {
      String name = direct(Parts.uri(route));
      if (name != null) {
        byDirect.computeIfAbsent(name, n -> new ArrayList<>()).add(route);
      }
    }
  }

  List<RouteDefinition> routes() {
    return routes;
  }

  /** Those that begin with {@code direct:} and this name; more than one is a mistake. */
  List<RouteDefinition> at(String direct) {
    return byDirect.getOrDefault(direct, List.of());
  }

  /** The names behind {@code direct:} at which routes begin. */
  Set<String> directs() {
    return byDirect.keySet();
  }

  /** The name after {@code direct:}; null for other addresses, and those that aren't known yet. */
  String direct(String uri) {
    return DIRECT.equals(scheme(uri)) ? resolved(uri).replaceFirst("^direct:(//)?", "") : null;
  }

  /** What an address begins with, such as {@code direct}; empty if it isn't known yet. */
  String scheme(String uri) {
    String resolved = resolved(uri);
    return resolved.contains(":") ? resolved.replaceFirst(":.*", "") : resolved;
  }

  /** Whether a component hands what it is sent to a thread of its own, with all its properties. */
  static boolean isHandover(String scheme) {
    return HANDOVERS.contains(scheme);
  }

  /** The routes that take what is sent to an address of this process. */
  List<RouteDefinition> beginningAt(String uri) {
    String address = resolved(uri).replaceFirst("://", ":");
    return routes.stream()
        .filter(route -> resolved(Parts.uri(route)).replaceFirst("://", ":").equals(address))
        .toList();
  }

  /** Whether a component leads to other routes of the same process, at once or later. */
  static boolean isWithin(String scheme) {
    return scheme.equals(DIRECT) || isHandover(scheme);
  }

  /** All parts that stand in a part, and that it leads to in this process. */
  List<OptionalIdentifiedDefinition<?>> reached(OptionalIdentifiedDefinition<?> part) {
    List<OptionalIdentifiedDefinition<?>> reached = new ArrayList<>();
    collect(part, reached, new HashSet<>());
    return reached;
  }

  private void collect(
      OptionalIdentifiedDefinition<?> part,
      List<OptionalIdentifiedDefinition<?>> reached,
      Set<RouteDefinition> seen) {
    reached.add(part);
    Parts.of(part).forEach(child -> collect(child, reached, seen));
    String target = Parts.target(part);
    boolean leads = !target.contains("${") && isWithin(scheme(target));
    for (RouteDefinition next : leads ? beginningAt(target) : List.<RouteDefinition>of()) {
      if (seen.add(next)) {
        collect(next, reached, seen);
      }
    }
  }

  private String resolved(String uri) {
    try {
      return camel.resolvePropertyPlaceholders(uri).replaceFirst("\\?.*", "");
    } catch (IllegalArgumentException e) {
      // an unknown property, which is told where it stands
      return "";
    }
  }
}
