package dev.wadi;

import dev.wadi.ops.Health;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.web.OwnNames;
import dev.wadi.web.ServerVertx;
import dev.wadi.web.Tls;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Who the HTTP server is to the outside: by TLS or not, and under which names. */
record HttpSafety(Settings settings) {

  /**
   * Gives Camel what its server is made by; before it starts.
   *
   * @param camel the context, once the server is made
   * @throws dev.wadi.event.SetupException if the certificate or its key can't be used
   */
  void bind(
      BiConsumer<String, Object> registry,
      Supplier<CamelContext> camel,
      Health health,
      Clock clock) {
    Tls tls = isTls() ? tls(clock) : null;
    if (tls != null) {
      health.add(Health.Scope.OWN, "certificate", tls::check);
    }
    registry.accept("wadiVertx", ServerVertx.of(tls, () -> guard(camel.get())));
  }

  /** Puts the names before all that the server serves, the user's routes too. */
  private void guard(CamelContext camel) {
    OwnNames names =
        new OwnNames(settings.text(Setting.HTTP_HOST), settings.list(Setting.HTTP_NAMES));
    camel
        .getRegistry()
        .findByType(VertxPlatformHttpRouter.class)
        .forEach(router -> router.route().order(Integer.MIN_VALUE).handler(names));
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
