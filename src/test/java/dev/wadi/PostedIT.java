package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.LocalQueues;
import dev.wadi.process.SmallDisk;
import dev.wadi.process.WadiProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are posted to the packaged application. */
@Tag("integration")
class PostedIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String COUNTS =
      "SELECT count(*) || '/' || count(DISTINCT event_id) AS counts FROM events";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private String token;

  @Test
  void landsWhatTheLogHoldsBeforeItStops() throws Exception {
    // so long that only a stop lets it land
    try (WadiProcess wadi = start(folder, Map.of("WADI_INTAKE_MAX_WAIT", "3s"))) {
      for (int n = 0; n < 20; n++) {
        assertThat(post(wadi, event("e" + n)).statusCode()).isEqualTo(202);
      }
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
    assertThat(logged(folder)).isEmpty();
    assertReads(folder, "20/20", "query", "--format", "csv", COUNTS);
  }

  @Test
  void neverSaysAcceptedOfWhatARouteLetsGo() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Files.writeString(
        routes.resolve("http-events.yaml"),
        """
        - route:
            id: http-events
            from:
              uri: wadi-http:/events
              parameters: {rejected: true}
              steps:
                - filter:
                    simple: "${body.accepted} > 1"
                    steps:
                      - to: wadi-http-log:events
        """);
    try (WadiProcess wadi =
        start(folder.resolve("data"), Map.of(), "--routes", routes.toString())) {
      HttpResponse<String> dropped = post(wadi, event("a"));
      assertThat(dropped.statusCode()).isEqualTo(503);
      wadi.awaitError(
          line -> line.contains("the route http-events has stored 0 of 1 events"), "the reason");
      assertThat(post(wadi, "[" + event("b") + "," + event("c") + "]").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void sendsToTheQueueWhatLandsOnce() throws Exception {
    try (WadiProcess wadi = start(folder, Map.of("WADI_HTTP_EVENTS_TO", "queue"));
        LocalQueues queues = LocalQueues.of(folder)) {
      String several = "[" + event("a") + "," + event("b") + "]";
      assertThat(post(wadi, several).body()).contains("\"accepted\":2");
      assertThat(post(wadi, several).statusCode()).as("sent again").isEqualTo(202);
      assertThat(post(wadi, event("c")).statusCode()).isEqualTo(202);

      HttpResponse<String> mixed = post(wadi, "[" + event("d") + ",7]");
      assertThat(mixed.statusCode()).isEqualTo(400);
      assertThat(mixed.body()).contains("nothing is taken").contains("index 1");

      String large = event("large").replace("{}", "{\"text\":\"" + "x".repeat(3 << 20) + "\"}");
      assertThat(post(wadi, large).statusCode()).as("too large:\n%s", wadi.log()).isEqualTo(413);
      assertThat(post(wadi, "[" + large + "]").statusCode()).isEqualTo(413);

      await().atMost(PATIENCE).until(() -> queues.held() == 0);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
    assertReads(folder, "3/3", "query", "--format", "csv", COUNTS);
  }

  @Test
  void neverShowsTheToken() throws Exception {
    token = "a-token-that-nobody-may-see";
    try (WadiProcess wadi = start(folder, Map.of("WADI_HTTP_EVENTS_TOKEN", token))) {
      assertThat(post(wadi, event("a")).statusCode()).isEqualTo(202);
      assertThat(post(wadi, "{").statusCode()).isEqualTo(400);
      token = "another";
      HttpResponse<String> refused = post(wadi, event("b"));
      assertThat(refused.statusCode()).isEqualTo(401);
      token = "a-token-that-nobody-may-see";
      assertThat(refused.body()).doesNotContain(token);
      for (String page : List.of("/metrics", "/health", "/api/status", "/")) {
        assertThat(get(wadi, page)).as(page).isNotBlank().doesNotContain(token);
      }
      assertThat(wadi.terminate()).isZero();
      assertThat(wadi.log()).isNotBlank().doesNotContain(token).doesNotContain("Bearer another");
    }
  }

  @Test
  void refusesWhileTheDiskIsFullAndGoesOnWhenItIsNot() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, "size=24m")) {
      Path data = folder.resolve("data");
      try (WadiProcess wadi = start(data, Map.of())) {
        assertThat(post(wadi, padded("before")).statusCode()).isEqualTo(202);
        disk.fill();
        for (int n = 0; n < 5; n++) {
          HttpResponse<String> full = post(wadi, padded("full" + n));
          assertThat(full.statusCode()).isEqualTo(503);
          assertThat(full.headers().firstValue("Retry-After")).isPresent();
        }
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(get(wadi, "/health")).contains("can't be written"));

        disk.free();
        await().atMost(PATIENCE).until(() -> post(wadi, padded("after")).statusCode() == 202);
        assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      }
      assertThat(logged(data)).isEmpty();
      assertReads(data, "2/2", "query", "--format", "csv", COUNTS);
      assertReads(data, "OK: every event received is accounted for", "verify", "--checksums");
    }
  }

  private static String padded(String id) {
    return event(id).replace("{}", "{\"text\":\"" + "x".repeat(100_000) + "\"}");
  }

  private static String event(String id) {
    return RouteFixture.event(id, "s");
  }

  private HttpResponse<String> post(WadiProcess wadi, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page(wadi, "/events")).header("Content-Type", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String get(WadiProcess wadi, String path) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(page(wadi, path)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static URI page(WadiProcess wadi, String path) {
    return wadi.errors().stream()
        .filter(line -> line.startsWith("ready at "))
        .map(line -> URI.create(line.split(" ")[2]).resolve(path))
        .findFirst()
        .orElseThrow();
  }

  /** The files that the intake log has. */
  private static List<Path> logged(Path data) throws Exception {
    try (Stream<Path> files = Files.list(data.resolve(".wadi/http-log"))) {
      return files.toList();
    }
  }

  private static void assertReads(Path data, String answer, String... words) throws Exception {
    String[] command = Arrays.copyOf(words, words.length + 2);
    command[words.length] = "--data";
    command[words.length + 1] = data.toString();
    try (WadiProcess reader = WadiProcess.start(Map.of(), command)) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      assertThat(reader.output()).anyMatch(line -> line.contains(answer));
    }
  }

  private static WadiProcess start(Path data, Map<String, String> others, String... more)
      throws Exception {
    Map<String, String> environment = new HashMap<>(others);
    environment.putIfAbsent("WADI_INTAKE_MAX_WAIT", "200ms");
    environment.put("WADI_LAND_FIRST_AGE", "5s");
    environment.put("WADI_LAND_MAX_AGE", "5s");
    List<String> command =
        new ArrayList<>(List.of("run", "--rate", "0", "--port", "0", "--data", data.toString()));
    command.addAll(List.of(more));
    WadiProcess wadi = WadiProcess.start(environment, command.toArray(String[]::new));
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }
}
