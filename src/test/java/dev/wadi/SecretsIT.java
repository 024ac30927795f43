package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.PublicApi;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is logged, shown or complained of, and however loudly: no secret is in it. */
@Tag("integration")
class SecretsIT {

  /** What the servers of tests are opened by; AWS's are no different. */
  private static final String AWS_SECRET = "crash-test-secret";

  private static final String TOKEN = "token-0c3f-that-nobody-may-see";
  private static final String POLL_TOKEN = "poll-5b1c-that-nobody-may-see";
  private static final String SALT = "salt-77ab-that-nobody-may-see";
  private static final String PASSWORD = "password-5d17-that-nobody-may-see";
  private static final String PROXY = "proxy-91de-that-nobody-may-see";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void noneIsInLogsPagesAnswersOrFindings() throws Exception {
    try (SharedLake lake = new SharedLake(folder);
        PublicApi api = new PublicApi(1)) {
      api.fail(PublicApi.cut(), PublicApi.answer(500, Map.of(), ""));
      api.fail(PublicApi.answer(401, Map.of(), ""));
      Map<String, String> environment = new HashMap<>(lake.environment("caffeine"));
      environment.put("WADI_POLL_URL", api.url("/all").toString());
      environment.put("WADI_POLL_ITEMS", "/items");
      environment.put("WADI_POLL_INTERVAL", "1s");
      environment.put("WADI_POLL_RETRY_DELAY", "50ms");
      environment.put("WADI_POLL_TOKEN", POLL_TOKEN);
      environment.put("WADI_LOG_LEVEL", "trace");
      environment.put("WADI_HTTP_EVENTS_TOKEN", TOKEN);
      environment.put("WADI_HTTP_TAP_TOKEN", TOKEN);
      environment.put("WADI_TEST_SALT", SALT);
      environment.put("WADI_LAND_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/lake");
      environment.put("WADI_LAND_POSTGRES_PASSWORD", PASSWORD);
      environment.put("HTTPS_PROXY", "http://user:" + PROXY + "@127.0.0.1:9");
      Path routes = routes();

      List<String> seen = new ArrayList<>();
      try (WadiProcess wadi =
          WadiProcess.start(
              environment,
              "run",
              "--profile",
              "aws",
              "--data",
              lake.data("data").toString(),
              "--port",
              "0",
              "--routes",
              routes.toString())) {
        wadi.awaitError(line -> line.startsWith("ready at"), "readiness");
        seen.add(post(wadi, SharedLake.event(1), TOKEN, 202));
        seen.add(post(wadi, SharedLake.event(2), TOKEN + "x", 401));
        seen.add(post(wadi, "{", TOKEN, 400));
        lake.send(2, 4);
        lake.awaitReceived(3);
        for (String page : List.of("/", "/health", "/metrics", "/api/status", "/tap")) {
          seen.add(get(wadi, page));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> api.requests().size() > 3);
        assertThat(api.requests())
            .allMatch(request -> request.header("Authorization").endsWith(POLL_TOKEN));
        assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
        seen.addAll(wadi.errors());
        seen.addAll(wadi.output());
      }
      assertThat(seen).as("it was as loud as it gets").anyMatch(line -> line.contains(" DEBUG "));

      try (WadiProcess check =
          WadiProcess.start(
              environment, "check", "--profile", "aws", "--json", "--routes", routes.toString())) {
        check.waitFor();
        seen.addAll(check.errors());
        seen.addAll(check.output());
      }
      assertNoSecret(seen);
    }
  }

  @Test
  void noneIsInWhatIsSaidOfAWrongFileOfSettings() throws Exception {
    Path settings = folder.resolve("wrong.properties");
    Files.writeString(
        settings,
        """
        wadi.http.events.token = %s
        wadi.http.events.tokn = %s
        wadi.http.port = many
        """
            .formatted(TOKEN, TOKEN));
    List<String> seen = new ArrayList<>();
    for (String command : List.of("run", "check")) {
      try (WadiProcess wadi =
          WadiProcess.start(
              Map.of("WADI_LOG_LEVEL", "trace"), command, "--config", settings.toString())) {
        assertThat(wadi.waitFor()).isNotZero();
        seen.addAll(wadi.errors());
        seen.addAll(wadi.output());
      }
    }
    assertThat(seen).anyMatch(line -> line.contains("wadi.http.port"));
    assertNoSecret(seen);
  }

  private static void assertNoSecret(List<String> seen) {
    for (String secret : List.of(AWS_SECRET, TOKEN, POLL_TOKEN, SALT, PASSWORD, PROXY)) {
      assertThat(seen).filteredOn(line -> line.contains(secret)).as(secret).isEmpty();
    }
  }

  private Path routes() throws Exception {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    String event = Files.readString(Path.of("src/main/resources/routes/31-event.camel.yaml"));
    String before = event.substring(0, event.indexOf("id: event-flatten"));
    int step = before.lastIndexOf("- ");
    String indent = before.substring(before.lastIndexOf('\n', step) + 1, step);
    Files.writeString(
        routes.resolve("event.yaml"),
        event.substring(0, step)
            + "- to: \"wadi-hash:n?into=hashed&secretKey={{env:WADI_TEST_SALT}}\"\n"
            + indent
            + event.substring(step));
    return routes;
  }

  private String post(WadiProcess wadi, String body, String token, int status) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(page(wadi, "/events"))
                .headers("Content-Type", "application/json", "Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.body();
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
}
