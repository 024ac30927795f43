package dev.wadi.reload;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Answers for HTTP addresses whose route is being changed, before the route itself would: 503 and
 * when to come again. So what is in the route comes to its end, and no sender is told that there is
 * no such address.
 */
final class StandIns {

  private static final String SOON = "1";

  private static final Pattern METHODS = Pattern.compile("[?&]httpMethodRestrict=([^&]+)");

  private final CamelContext camel;
  private final List<Route> standing = new ArrayList<>();

  StandIns(CamelContext camel) {
    this.camel = camel;
  }

  /** Stands in for those of some routes that are addresses, until the {@linkplain #end end}. */
  void answerFor(List<org.apache.camel.Route> routes) {
    for (VertxPlatformHttpRouter router :
        camel.getRegistry().findByType(VertxPlatformHttpRouter.class)) {
      routes.stream()
          .map(route -> route.getEndpoint().getEndpointUri())
          .filter(uri -> uri.matches("(wadi-http|platform-http):.*"))
          .forEach(uri -> standing.add(standIn(router, uri)));
    }
  }

  /** Leaves the addresses to their routes. */
  void end() {
    standing.forEach(Route::remove);
    standing.clear();
  }

  private Route standIn(VertxPlatformHttpRouter router, String uri) {
    // before all others; the router doesn't find one again that has the order of another
    Route route = router.route(path(uri)).order(-1 - standing.size());
    Matcher methods = METHODS.matcher(uri);
    if (methods.find()) {
      for (String method : methods.group(1).split("(,|%2C)")) {
        route.method(HttpMethod.valueOf(method.trim()));
      }
    }
    return route.handler(StandIns::answer);
  }

  /** As the router writes it: no other route's address is answered for. */
  private static String path(String uri) {
    String given = URLDecoder.decode(uri.replaceFirst("\\?.*", ""), StandardCharsets.UTF_8);
    String path = given.replaceFirst("^[^:]+:(//)?", "");
    String whole = path.startsWith("/") ? path : "/" + path;
    String named = whole.replaceAll("\\{([^}]+)}", ":$1");
    return uri.contains("matchOnUriPrefix=true") ? named + "*" : named;
  }

  private static void answer(RoutingContext request) {
    request
        .response()
        .setStatusCode(503)
        .putHeader("Retry-After", SOON)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end("the route is being changed: send it again\n");
  }
}
