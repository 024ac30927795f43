package dev.wadi.check;

import java.util.Set;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;

/** Where parts send exchanges, or copies of them, and what becomes of the account there. */
final class Destinations {

  private final Places places;
  private final RouteMap map;
  private final Set<Finding> findings;

  Destinations(Places places, RouteMap map, Set<Finding> findings) {
    this.places = places;
    this.map = map;
    this.findings = findings;
  }

  /** Whether a part drops an event on purpose. */
  boolean drops(OptionalIdentifiedDefinition<?> part) {
    return part instanceof SendDefinition<?> send && map.scheme(Parts.uri(send)).equals(Wadi.DROP);
  }

  /** The route that a part leads an exchange through; null if it leads through none. */
  RouteDefinition direct(OptionalIdentifiedDefinition<?> part) {
    String uri = part instanceof WireTapDefinition<?> ? "" : Parts.target(part);
    String name = uri.contains("${") ? null : map.direct(uri);
    return name == null || map.at(name).isEmpty() ? null : map.at(name).get(0);
  }

  /** The ways behind a part that sends an exchange anywhere but through one route. */
  Set<Way> elsewhere(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    String uri = Parts.target(part);
    if (isUntold(part, uri)) {
      findings.add(
          places.warning(
              part,
              "where this leads is known only when it runs, so it isn't checked: make sure that each"
                  + " event gets its outcome there, or use a choice"));
      return Ways.each(in, Way::somewhere);
    }
    boolean copies = part instanceof WireTapDefinition<?> || RouteMap.isHandover(map.scheme(uri));
    if (copies && map.beginningAt(uri).stream().anyMatch(this::keepsAccount)) {
      findings.add(
          places.error(
              part,
              "%s takes a copy, and the exchange goes on without it, so the steps behind it would give outcomes to a batch that may have ended: use `to: direct:`"
                  .formatted(uri.replaceFirst("\\?.*", ""))));
      return Ways.each(in, Way::ended);
    }
    // an address that leads nowhere is told elsewhere
    return map.direct(uri) != null && !copies ? Ways.each(in, Way::ended) : in;
  }

  /** An exchange ends at the part, and goes on in it as part of another one, without its batch. */
  Set<Way> apart(OptionalIdentifiedDefinition<?> part, Set<Way> in) {
    String name = part.getShortName();
    if (!keepsAccount(part)) {
      findings.add(
          places.warning(
              part,
              "what %s has gathered is lost when the process ends: do nothing with it that must not be missed"
                  .formatted(name)));
      return in;
    }
    findings.add(
        places.error(
            part,
            "%s ends the exchange of each event and goes on with another one, so the events have no outcome and their batch fails: take it out; how much lands together, wadi.land.max-events and wadi.land.max-age say"
                .formatted(name)));
    return Ways.each(in, Way::ended);
  }

  private boolean keepsAccount(OptionalIdentifiedDefinition<?> part) {
    return map.reached(part).stream()
        .map(Wadi::bean)
        .anyMatch(bean -> bean.equals(Wadi.STAGE) || Wadi.OUTCOMES.contains(bean));
  }

  private static boolean isUntold(OptionalIdentifiedDefinition<?> part, String uri) {
    if (part instanceof RecipientListDefinition
        || part instanceof RoutingSlipDefinition
        || part instanceof DynamicRouterDefinition) {
      return true;
    }
    String known = uri.replaceFirst("(?s)\\$\\{.*", "");
    return part instanceof ToDynamicDefinition
        && !(part instanceof WireTapDefinition<?>)
        && known.length() < uri.length()
        && (known.startsWith("direct:") || !known.contains(":"));
  }
}
