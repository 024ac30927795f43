package dev.wadi.dashboard;

import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.PatientHealth;
import dev.wadi.ops.ProcessMetrics;
import dev.wadi.ops.Progress;
import dev.wadi.ops.RecentCommits;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A Camel Main that serves the HTTP routes, and a route or two to look at. */
final class ServedWadi implements AutoCloseable {

  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final ProcessMetrics process = new ProcessMetrics(registry, Path.of(""));
  final Metrics metrics = new Metrics(registry, Clock.systemUTC());
  final RecentCommits commits = new RecentCommits();
  final Health health = PatientHealth.of(Clock.systemUTC());
  final Main main = new Main();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  static ServedWadi start(RouteBuilder... routes) throws Exception {
    return start(0, routes);
  }

  static ServedWadi start(int port, RouteBuilder... routes) throws Exception {
    ServedWadi wadi = new ServedWadi();
    Settings settings =
        Settings.load("local", Map.of("wadi.http.port", String.valueOf(port)), null);
    HttpPort.requireFree(settings.text(Setting.HTTP_HOST), settings.count(Setting.HTTP_PORT));
    wadi.main.setOverrideProperties(settings.forCamel());
    wadi.main.setDefaultPropertyPlaceholderLocation("false");
    wadi.main.configure().setRoutesIncludePattern(httpRoutes());
    Arrays.stream(routes).forEach(wadi.main.configure()::addRoutesBuilder);
    Progress progress = new Progress(wadi.metrics, "sqs:events-dlq", Clock.systemUTC());
    new Dashboard(
            settings.profile(),
            wadi.registry,
            wadi.metrics,
            progress,
            wadi.commits,
            wadi.health,
            wadi.main::getCamelContext,
            Clock.systemUTC())
        .bind(wadi.main::bind);
    wadi.main.start();
    wadi.port = HttpPort.listening(wadi.main.getCamelContext());
    return wadi;
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return request("GET", path);
  }

  HttpResponse<String> request(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("X-Echo", "must not come back")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    main.stop();
    health.close();
    process.close();
  }

  private static String httpRoutes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/routes"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("9") && !name.contains("-http-events"))
          .map(name -> "classpath:routes/" + name)
          .collect(Collectors.joining(","));
    }
  }
}
