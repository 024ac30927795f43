package dev.wadi.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Whether every way that an exchange may take from a source leads to an outcome of each record and
 * to the commit of its batch. What fails here loses no event when it is run: its batches fail, are
 * held and tried again, for as long as the routes are as they are.
 */
final class AccountCheck {

  private final Places places;
  private final RouteMap map;

  AccountCheck(Places places, RouteMap map) {
    this.places = places;
    this.map = map;
  }

  List<Finding> check() {
    Set<Finding> findings = new LinkedHashSet<>();
    for (RouteDefinition route : map.routes()) {
      String scheme = map.scheme(Parts.uri(route));
      if (Wadi.isSource(scheme)) {
        Walk walk = new Walk(places, map, Level.BATCH, findings);
        for (Way way : walk.through(route, Set.of(Way.START))) {
          if (way.isLost()) {
            findings.add(Gaps.batch(places, way.gap() == null ? route.getInput() : way.gap()));
          }
        }
      } else if (scheme.equals(Wadi.LAND)) {
        publishes(route, findings);
      } else if (!RouteMap.isWithin(scheme)) {
        bringsBatches(route, scheme, findings);
      }
    }
    return new ArrayList<>(findings);
  }

  private void publishes(RouteDefinition route, Set<Finding> findings) {
    Set<String> missing = new java.util.TreeSet<>(Wadi.OF_LAND);
    map.reached(route).forEach(part -> missing.remove(Wadi.bean(part)));
    for (String step : missing) {
      findings.add(
          places.error(
              route,
              "the route %s lacks the step `process: {ref: %s}`, so nothing lands: put it back as in Wadi's own route land"
                  .formatted(route.getId(), step)));
    }
  }

  /** No other component brings the batch that these steps keep account in. */
  private void bringsBatches(RouteDefinition route, String scheme, Set<Finding> findings) {
    Set<String> seen = new HashSet<>();
    boolean polls = map.reached(route).stream().anyMatch(part -> Wadi.bean(part).equals(Wadi.POLL));
    for (OptionalIdentifiedDefinition<?> part : map.reached(route)) {
      String bean = Wadi.bean(part);
      boolean ofAccount =
          bean.equals(Wadi.STAGE)
              || Wadi.OUTCOMES.contains(bean) && !(polls && bean.equals(Wadi.DEAD_LETTERED))
              || Wadi.DECODERS.contains(bean);
      if (ofAccount && seen.add(scheme)) {
        findings.add(
            places.error(
                route.getInput(),
                "what %s brings has no batch, which the step %s needs (%s): begin with a source of Wadi's, such as wadi-sqs"
                    .formatted(scheme, bean, places.of(part))));
      }
    }
  }
}
