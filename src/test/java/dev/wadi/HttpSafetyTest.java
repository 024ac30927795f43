package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Health;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Camel's server as the application has it made. */
@Tag("unit")
class HttpSafetyTest {

  private static final int PATIENCE_MS = 60_000;

  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void refusesOthersNamesBeforeAllRoutesHaveStarted() {
    Settings settings = Settings.load("local", Map.of("wadi.http.port", "0"), null);
    Main main = new Main();
    main.setOverrideProperties(settings.forCamel());
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure().addRoutesBuilder(new Routes());
    new HttpSafety(settings)
        .bind(main::bind, main::getCamelContext, new Health(Clock.systemUTC()), Clock.systemUTC());
    main.start();
    try {
      assertThat(answered).hasValue(421);
    } finally {
      main.stop();
    }
  }

  private final class Routes extends RouteBuilder {
    @Override
    public void configure() {
      from("platform-http:/early").startupOrder(1).setBody(constant("here"));
      from("direct:late")
          .startupOrder(2)
          .routePolicy(
              new RoutePolicySupport() {
                @Override
                public void onStart(Route route) {
                  answered.set(ask("evil.example"));
                }
              })
          .stop();
    }

    private int ask(String host) {
      int port = getContext().hasService(VertxPlatformHttpServer.class).getServer().actualPort();
      String request = "GET /early HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return Integer.parseInt(new String(start, StandardCharsets.US_ASCII).substring(9));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
