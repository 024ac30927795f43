package dev.wadi.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.reifier.RouteReifier;
import org.apache.camel.reifier.language.ExpressionReifier;

/**
 * Creates each part of a route by itself, as a start would, so that every mistake is found and not
 * only the first one of a route: beans, components, options, properties, expressions.
 */
final class PartsCheck {

  private static final Processor NOTHING = exchange -> {};

  private final DefaultCamelContext camel;
  private final Places places;
  private final CamelWords words;
  private final Route any;

  PartsCheck(DefaultCamelContext camel, Places places) throws Exception {
    this.camel = camel;
    this.places = places;
    words = new CamelWords(camel);
    RouteDefinition route = new RouteDefinition();
    route.from("direct:wadi-check").to("log:wadi-check").id("wadi-check");
    any = new RouteReifier(camel, route).createRoute();
  }

  void check(RouteDefinition route, Consumer<Finding> findings) {
    List<Finding> found = new ArrayList<>();
    source(route, found);
    for (OptionalIdentifiedDefinition<?> part : Parts.of(route)) {
      part(part, found);
    }
    if (found.isEmpty()) {
      whole(route, found);
    }
    found.forEach(findings);
  }

  private void source(RouteDefinition route, List<Finding> found) {
    try {
      String uri = Parts.uri(route);
      Endpoint endpoint = camel.getEndpoint(uri);
      if (uri.startsWith("wadi-")) {
        // what it is told is judged here, and others may connect
        endpoint.createConsumer(NOTHING);
      }
    } catch (Exception e) {
      found.add(places.error(route.getInput(), words.of(e)));
    }
  }

  /** Its own children first, so that a failure is told where it is and not again around it. */
  private boolean part(OptionalIdentifiedDefinition<?> part, List<Finding> found) {
    Collection<OptionalIdentifiedDefinition<?>> children = Parts.of(part);
    boolean right = true;
    for (OptionalIdentifiedDefinition<?> child : children) {
      right &= part(child, found);
    }
    if (!right) {
      return false;
    }
    try {
      if (part instanceof WhenDefinition when) {
        ExpressionReifier.reifier(camel, when.getExpression()).createPredicate();
      } else if (part instanceof ProcessorDefinition<?> step && Parts.isStep(part)) {
        ProcessorReifier.reifier(any, step).createProcessor();
      }
      String target = Parts.target(part);
      if (Wadi.onlyBegins(target.replaceFirst(":.*", ""))) {
        found.add(
            places.error(
                part,
                "%s can't be sent to, since a route only begins with it: use direct:, or the component of its server"
                    .formatted(target.replaceFirst("\\?.*", ""))));
        return false;
      }
      return true;
    } catch (Exception e) {
      found.add(places.error(part, words.of(e)));
      return false;
    }
  }

  private void whole(RouteDefinition route, List<Finding> found) {
    try {
      new RouteReifier(camel, route).createRoute();
    } catch (Exception e) {
      found.add(places.error(route, words.of(e)));
    }
  }
}
