package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.Weather;
import dev.wadi.crash.load.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Wadi in a process of its own, whose load is posted to it. */
final class PostedWadi implements Subject {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final String NOTHING_WAITS = "wadi_http_log_bytes{source=\"http:events\"} 0.0";

  private final URI server;
  private final FaultProxy proxy;
  private final WadiProcesses wadi;
  private final HttpClient client = HttpClient.newHttpClient();

  PostedWadi(Arena arena) {
    // the same port after each start, since the sender knows no other
    int port = freePort();
    server = URI.create("http://127.0.0.1:" + port);
    proxy = new FaultProxy(server);
    wadi = WadiProcesses.alone(arena, Map.of("wadi.http.port", Integer.toString(port)));
  }

  WadiProcesses processes() {
    return wadi;
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
  public void start() throws Exception {
    wadi.start();
  }

  @Override
  public void keepAlive() throws Exception {
    wadi.keepAlive();
  }

  @Override
  public void stop() throws Exception {
    wadi.stop();
  }

  @Override
  public Duration lag() {
    return wadi.lag();
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return wadi.check(copy, sent);
  }

  @Override
  public void close() throws IOException {
    try {
      wadi.close();
    } finally {
      proxy.close();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
