package dev.wadi.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/** An id names one part of one route, so that logs, tests and dead letters can. */
final class NamesCheck {

  private final Places places;

  NamesCheck(Places places) {
    this.places = places;
  }

  List<Finding> check(List<RouteDefinition> routes) {
    List<Finding> findings = new ArrayList<>();
    Map<String, OptionalIdentifiedDefinition<?>> named = new HashMap<>();
    for (RouteDefinition route : routes) {
      for (OptionalIdentifiedDefinition<?> part : Parts.all(route)) {
        OptionalIdentifiedDefinition<?> other =
            Places.isNamed(part) ? named.putIfAbsent(part.getId(), part) : null;
        // what a file says for all of its routes is in each of them
        if (other != null && !places.of(other).equals(places.of(part))) {
          findings.add(
              places.error(
                  part,
                  "the id %s is used at %s too: give one of them another"
                      .formatted(part.getId(), places.of(other))));
        }
      }
    }
    return findings;
  }
}
