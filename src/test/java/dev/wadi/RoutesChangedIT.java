package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.ops.Backoff;
import dev.wadi.process.WadiProcess;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application, whose route files change again and again while events come in. */
@Tag("integration")
class RoutesChangedIT {

  private static final Backoff PACE = new Backoff(Duration.ofMillis(50), Duration.ofMillis(50));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int MOST_POSTS = 2_000;
  private static final String FLATTEN =
      "                              - process:\n"
          + "                                  id: event-flatten\n";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> accepted = new ArrayList<>();

  @Test
  void accountsForEveryEventOnceWhileRoutesChangeUnderLoad() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Path file = routes.resolve("event.yaml");
    Path http = routes.resolve("http.yaml");
    Files.writeString(file, own("31-event"));
    Path data = folder.resolve("data");
    try (WadiProcess wadi =
        WadiProcess.start(
            Map.of("WADI_ROUTES_RELOAD", "200ms"),
            "run",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--rate",
            "100",
            "--routes",
            routes.toString())) {
      wadi.awaitError(line -> line.startsWith("ready at "), "ready");
      List<String> versions =
          List.of(
              with("- setProperty: {name: seen, constant: one}"),
              "- route:\n    id: event\n   from: [",
              with(
                  "- choice: {when: [{simple: \"${body.at('/subject/id').asText()} contains 'env'\","
                      + " steps: [{to: \"wadi-drop:environment\"}]}]}"),
              own("31-event").replace("ref: flatten", "ref: unheard-of"),
              with("- stop: {}"),
              own("31-event"));
      int changes = 0;
      for (int round = 0; round < 2; round++) {
        for (String version : versions) {
          long seen = seen(wadi);
          Files.writeString(file, version);
          if (++changes % 3 == 0) {
            Files.writeString(
                http,
                own("96-http-events")
                    .replace(
                        "\"{{wadi.http.events.max-body}}\"",
                        Integer.toString(changes * 1_000_000)));
          }
          // on a busy machine the next change must not come before this one was seen
          for (int n = 0; n < 20 || (n < MOST_POSTS && seen(wadi) == seen); n++) {
            post(wadi, changes + "-" + n);
            PACE.pause(1);
          }
        }
      }
      wadi.awaitError(line -> line.contains("routes changed: event"), "a change");
      wadi.awaitError(
          line -> line.matches(".*routes changed: .*http-events.*"), "a changed address");
      assertThat(wadi.errors()).anyMatch(line -> line.contains("event.yaml:3: this is not YAML"));
      assertThat(wadi.errors()).anyMatch(line -> line.contains("there is no bean 'unheard-of'"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(get(wadi, "/health"))
                      .contains("\"name\":\"routes\",\"status\":\"UP\""));
      assertThat(get(wadi, "/api/status"))
          .containsPattern("\"id\":\"event\",[^}]*\"file\":\"[^\"]*/event.yaml\",\"since\":\"2")
          .contains("\"file\":\"classpath:routes/40-land.camel.yaml\"");
      assertThat(get(wadi, "/metrics")).contains("wadi_routes_refused_total{reason=\"check\"}");
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
    assertThat(accepted).hasSizeGreaterThan(100);
    assertReads(data, "OK: every event received is accounted for", "verify", "--checksums");
    assertReads(
        data,
        accepted.size() + "/" + accepted.size(),
        "query",
        "--format",
        "csv",
        "SELECT count(*) || '/' || count(DISTINCT event_id) AS counts FROM events WHERE event_source"
            + " = '/test'");
  }

  /** How many changes it has looked at, be it that it took them or refused them. */
  private static long seen(WadiProcess wadi) {
    return wadi.errors().stream()
        .filter(line -> line.contains("routes changed:") || line.contains("routes are not changed"))
        .count();
  }

  /** Sends an event until it is accepted; what is not must say when to come again. */
  private void post(WadiProcess wadi, String id) throws Exception {
    HttpResponse<String> answer = send(wadi, id);
    for (int tries = 1; answer.statusCode() != 202; tries++) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      PACE.pause(tries);
      answer = send(wadi, id);
    }
    accepted.add(id);
  }

  private HttpResponse<String> send(WadiProcess wadi, String id) throws Exception {
    return client.send(
        HttpRequest.newBuilder(page(wadi, "/events"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(RouteFixture.event(id, "s")))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String get(WadiProcess wadi, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page(wadi, path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static URI page(WadiProcess wadi, String path) {
    return wadi.errors().stream()
        .filter(line -> line.startsWith("ready at "))
        .map(line -> URI.create(line.split(" ")[2]).resolve(path))
        .findFirst()
        .orElseThrow();
  }

  /** The route {@code event} with a step before what is new is flattened. */
  private static String with(String step) throws Exception {
    return own("31-event")
        .replace(FLATTEN, "                              " + step + "\n" + FLATTEN);
  }

  private static String own(String route) throws Exception {
    try (InputStream text =
        RoutesChangedIT.class.getResourceAsStream("/routes/" + route + ".camel.yaml")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertReads(Path data, String answer, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", data.toString()));
    try (WadiProcess reader = WadiProcess.start(Map.of(), command.toArray(String[]::new))) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      assertThat(reader.output()).anyMatch(line -> line.contains(answer));
    }
  }
}
