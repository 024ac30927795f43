package dev.wadi.crash.run;

import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.Weather;
import dev.wadi.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Wadi in a process of its own, whose load is posted to it. */
final class PostedWadi extends WadiProcesses {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final String NOTHING_WAITS = "wadi_http_log_bytes{source=\"http:events\"} 0.0";

  private final URI server;
  private final FaultProxy proxy;
  private final HttpClient client = HttpClient.newHttpClient();

  private PostedWadi(Arena arena, int port) {
    super(arena, Map.of("wadi.http.port", Integer.toString(port)));
    server = URI.create("http://127.0.0.1:" + port);
    proxy = new FaultProxy(server);
  }

  /** With the same port after each start, since the sender knows no other. */
  static PostedWadi of(Arena arena) {
    return new PostedWadi(arena, FreePort.find());
  }

  /** What befalls the requests of the sender. */
  void set(Weather weather) {
    proxy.set(weather);
  }

  @Override
  public Optional<URI> postedTo() {
    return Optional.of(proxy.endpoint().resolve("/events"));
  }

  @Override
  public boolean holdsMore() {
    HttpRequest metrics =
        HttpRequest.newBuilder(server.resolve("/metrics")).timeout(NO_ANSWER).build();
    try {
      return client
          .send(metrics, HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .noneMatch(NOTHING_WAITS::equals);
    } catch (IOException e) {
      // it has not come up again
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      proxy.close();
    }
  }
}
