package dev.wadi;

import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.web.OwnNames;
import dev.wadi.web.ServerVertx;
import dev.wadi.web.Tls;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Who the HTTP server is to the outside: by TLS or not, and under which names. */
record HttpSafety(Settings settings) {

  /**
   * Gives Camel what its server is made by; before it starts.
   *
   * @throws dev.wadi.event.SetupException if the certificate or its key can't be used
   */
  void bind(BiConsumer<String, Object> registry, Clock clock) {
    registry.accept("wadiVertx", ServerVertx.of(isTls() ? tls(clock) : null));
  }

  /** Puts the names before all that the server serves, the user's routes too. */
  void guard(CamelContext camel) {
    camel
        .getRegistry()
        .findSingleByType(VertxPlatformHttpRouter.class)
        .route()
        .order(Integer.MIN_VALUE)
        .handler(new OwnNames(settings.text(Setting.HTTP_HOST), settings.list(Setting.HTTP_NAMES)));
  }

  private boolean isTls() {
    return !settings.text(Setting.HTTP_TLS_CERTIFICATE).isBlank();
  }

  private Tls tls(Clock clock) {
    String clients = settings.text(Setting.HTTP_TLS_CLIENT_AUTHORITIES);
    return new Tls(
        Path.of(settings.text(Setting.HTTP_TLS_CERTIFICATE)),
        Path.of(settings.text(Setting.HTTP_TLS_KEY)),
        clients.isBlank() ? null : Path.of(clients),
        clock);
  }
}
