package dev.wadi.reload;

import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Answers for HTTP addresses whose route is being changed: 503 and when to come again, where the
 * server would say that there is no such address.
 */
final class StandIns {

  private static final String SOON = "1";

  private final CamelContext camel;

  StandIns(CamelContext camel) {
    this.camel = camel;
  }

  /**
   * Stands in for those of some routes that are addresses.
   *
   * @return ends it
   */
  Runnable answerFor(List<org.apache.camel.Route> routes) {
    List<Route> standing = new ArrayList<>();
    Set<VertxPlatformHttpRouter> routers =
        camel.getRegistry().findByType(VertxPlatformHttpRouter.class);
    for (VertxPlatformHttpRouter router : routers) {
      routes.stream()
          .map(route -> route.getEndpoint().getEndpointUri())
          .filter(uri -> uri.matches("(wadi-http|platform-http):.*"))
          .map(StandIns::path)
          .forEach(path -> standing.add(router.route(path).last().handler(StandIns::answer)));
    }
    return () -> standing.forEach(Route::remove);
  }

  private static String path(String uri) {
    String path = uri.replaceFirst("^[^:]+:(//)?", "").replaceFirst("\\?.*", "");
    return (path.startsWith("/") ? path : "/" + path).replaceFirst("\\{.*", "*");
  }

  private static void answer(io.vertx.ext.web.RoutingContext request) {
    request
        .response()
        .setStatusCode(503)
        .putHeader("Retry-After", SOON)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end("the route is being changed: send it again\n");
  }
}
