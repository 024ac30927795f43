package dev.wadi;

import dev.wadi.event.SetupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Of the routes keeps those that a case goes through: none that begins at a server, a clock or a
 * file, but the one that the case is given into, which begins at the case instead.
 */
final class CaseRoutes extends MainListenerSupport {

  /** Where the route begins that a case is given into. */
  static final String ENTRY = "direct:wadi-case";

  /** Those of Wadi's own that every case goes through. */
  private static final Set<String> OWN =
      Set.of("30-pipeline", "31-event", "32-dead-letter", "33-isolated", "40-land");

  private static final String READS_LOG = "23-intake-http";

  private final String into;

  CaseRoutes(String into) {
    this.into = into;
  }

  /** The ids of those of Wadi's own that no case goes through. */
  static List<String> leftOut(String into) {
    List<String> leftOut = new ArrayList<>(RouteFiles.OWN);
    leftOut.removeAll(OWN);
    if (into != null) {
      leftOut.remove(READS_LOG);
    }
    return leftOut.stream().map(name -> name.substring(3)).toList();
  }

  @Override
  public void afterConfigure(BaseMainSupport main) {
    ModelCamelContext camel = (ModelCamelContext) main.getCamelContext();
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
      if (route.getRouteId().equals(into)) {
        String id = route.getInput().getId();
        FromDefinition entry = new FromDefinition(ENTRY);
        entry.setId(id);
        // it takes another one only when it has none
        route.setInput(null);
        route.setInput(entry);
      } else if (!isInside(route)) {
        remove(model, route);
      }
    }
    if (into != null && model.getRouteDefinition(into) == null) {
      throw new SetupException(
          "there is no route '" + into + "' to give to: name one of --routes or the flow");
    }
  }

  private boolean isInside(RouteDefinition route) {
    String scheme = route.getInput().getEndpointUri().replaceFirst(":.*", "");
    return Set.of("direct", "seda", "wadi-land").contains(scheme)
        || into != null && scheme.equals("wadi-http-log");
  }

  private static void remove(Model model, RouteDefinition route) {
    try {
      model.removeRouteDefinition(route);
    } catch (Exception e) {
      throw new IllegalStateException("the route " + route.getRouteId() + " can't be left out", e);
    }
  }
}
