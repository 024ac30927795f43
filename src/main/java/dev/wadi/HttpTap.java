package dev.wadi;

import dev.wadi.intake.http.AccessToken;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.tap.TapAccess;
import dev.wadi.tap.TapHandler;
import dev.wadi.tap.TappedNodes;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The look at what passes a node, served beside the page. */
record HttpTap(Settings settings, TappedNodes nodes) {

  private static final String PATH = "/tap";

  /** Gives the routes their points; before they are made. */
  void bind(BiConsumer<String, Object> registry) {
    registry.accept("tappedNodes", nodes);
  }

  /** Serves it; once the server is there. */
  void serve(CamelContext camel, Clock clock) {
    TapHandler handler = new TapHandler(nodes, access(), clock, System::nanoTime);
    camel
        .getRegistry()
        .findByType(VertxPlatformHttpRouter.class)
        .forEach(router -> router.route(HttpMethod.GET, PATH).handler(handler));
  }

  /** Senders' tokens let nobody look: what others send is not theirs. */
  TapAccess access() {
    AccessToken token = AccessToken.of(settings.text(Setting.HTTP_TAP_TOKEN));
    return new TapAccess(
        !token.isAskedFor() && HttpEvents.isReachedByOthers(settings), token::admits);
  }
}
