package dev.wadi.check;

import dev.wadi.ops.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/** Every {@code direct:} leads to one route, and none back to where it came from. */
final class DirectCheck {

  private final Places places;
  private final RouteMap map;

  DirectCheck(Places places, RouteMap map) {
    this.places = places;
    this.map = map;
  }

  List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    for (RouteDefinition route : map.routes()) {
      String begins = map.direct(Parts.uri(route));
      if (begins != null && map.at(begins).get(0) != route) {
        findings.add(
            places.error(
                route.getInput(),
                "direct:%s is where the route %s begins too: give one of them another name"
                    .formatted(begins, map.at(begins).get(0).getId())));
      }
      for (OptionalIdentifiedDefinition<?> part : Parts.all(route)) {
        leads(part, findings);
      }
      if (begins != null && leadsBack(begins, begins, new HashSet<>())) {
        findings.add(
            places.error(
                route.getInput(),
                "direct:%s leads back to itself, so an exchange would go round: use a loop, or end it"
                    .formatted(begins)));
      }
    }
    return findings;
  }

  private void leads(OptionalIdentifiedDefinition<?> part, List<Finding> findings) {
    String name = target(part);
    if (name != null && map.at(name).isEmpty()) {
      findings.add(
          places.error(
              part,
              "no route begins at direct:%s: %s"
                  .formatted(
                      name,
                      Nearest.to(name, map.directs())
                          .map(near -> "did you mean direct:" + near + "?")
                          .orElse("add a route with from: direct:" + name))));
    }
  }

  private boolean leadsBack(String from, String wanted, Set<String> seen) {
    for (RouteDefinition route : map.at(from)) {
      for (OptionalIdentifiedDefinition<?> part : Parts.all(route)) {
        String next = target(part);
        if (next != null
            && (next.equals(wanted) || seen.add(next) && leadsBack(next, wanted, seen))) {
          return true;
        }
      }
    }
    return false;
  }

  private String target(OptionalIdentifiedDefinition<?> part) {
    String uri = Parts.target(part);
    return uri.contains("${") ? null : map.direct(uri);
  }
}
