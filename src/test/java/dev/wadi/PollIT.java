package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.process.PublicApi;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A polled API through the packaged application, its embedded store and queue. */
@Tag("integration")
class PollIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String TOKEN = "a-token-that-nobody-may-see";

  @TempDir Path data;
  private final PublicApi server = new PublicApi(4);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void landsEachItemOnceThroughKillsAtEachPoint() throws Exception {
    List<String> seen = new ArrayList<>();
    int items = 0;
    for (String point : List.of("poll-answered:2", "poll-stored:2", "poll-swept", "poll-saved")) {
      server.add(items(items, items += 7));
      server.fail(
          PublicApi.answer(429, Map.of("Retry-After", "1"), "slower"),
          PublicApi.answer(500, Map.of(), "oops"),
          PublicApi.cut());
      try (WadiProcess wadi = start(Map.of("WADI_FAILPOINT", point))) {
        wadi.awaitError(line -> line.startsWith("failpoint"), "the failpoint " + point);
        wadi.kill();
        seen.addAll(wadi.errors());
      }
    }
    server.add(items(items, items += 7));
    int all = items;
    try (WadiProcess wadi = start(Map.of())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(metric(wadi, "wadi_poll_sweeps_total")).isPositive());
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> files("events", "DISTINCT event_id") == all);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      seen.addAll(wadi.errors());
    }
    assertThat(query("SELECT count(*) AS n FROM events")).isEqualTo(all);
    assertThat(query("SELECT count(*) AS n FROM dead_letters")).isZero();
    try (WadiProcess verify = WadiProcess.start(Map.of(), "verify", "--data", data.toString())) {
      assertThat(verify.waitFor()).as("verify:\n%s", verify.log()).isZero();
    }
    assertThat(server.requests())
        .allMatch(request -> ("Bearer " + TOKEN).equals(request.header("Authorization")));
    assertThat(seen).noneMatch(line -> line.contains(TOKEN));
    assertThat(objects()).as("objects that killed processes have left").allMatch(this::isNamed);
  }

  @Test
  void makesOneDeadLetterOfAnAnswerThatIsNoJsonAndShowsItOnHealth() throws Exception {
    PublicApi.Fault wrong =
        PublicApi.answer(200, Map.of("Content-Type", "text/html"), "<html>sorry</html>");
    server.fail(Collections.nCopies(200, wrong).toArray(PublicApi.Fault[]::new));
    server.add(items(0, 2));
    try (WadiProcess wadi = start(Map.of("WADI_POLL_INTERVAL", "3s"))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get(wadi, "/health")).contains("DEGRADED", "text/html"));
      server.forgive();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptionsInstanceOf(UncheckedIOException.class) // a file that is being put
          .until(
              () ->
                  files("events", "DISTINCT event_id") == 2
                      && files("dead_letters", "DISTINCT dead_letter_id") == 1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get(wadi, "/health")).doesNotContain("DEGRADED"));
      assertThat(wadi.terminate()).isZero();
    }
    List<JsonNode> letters =
        commands().query("SELECT reason, source, position, bytes_base64 FROM dead_letters");
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).path("reason").asText()).isEqualTo("wrong_content_type");
    assertThat(letters.get(0).path("source").asText()).isEqualTo("poll:127.0.0.1");
    assertThat(letters.get(0).path("position").asText())
        .isEqualTo(server.url("/page?page=1").toString());
    try (WadiProcess verify = WadiProcess.start(Map.of(), "verify", "--data", data.toString())) {
      assertThat(verify.waitFor()).as("verify:\n%s", verify.log()).isZero();
    }
  }

  @Test
  void takesATokenFromTheEnvironmentOnly() throws Exception {
    Path file = Files.writeString(data.resolve("my.properties"), "wadi.poll.token = " + TOKEN);
    try (WadiProcess wadi =
        WadiProcess.start(
            Map.of("WADI_POLL_URL", server.url("/all").toString()),
            "run",
            "--config",
            file.toString(),
            "--data",
            data.resolve("data").toString())) {
      assertThat(wadi.waitFor()).isEqualTo(1);
      assertThat(wadi.log()).contains("set WADI_POLL_TOKEN instead").doesNotContain(TOKEN);
    }
  }

  private WadiProcess start(Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("WADI_POLL_URL", server.url("/page").toString());
    environment.put("WADI_POLL_PAGING", "page");
    environment.put("WADI_POLL_ITEMS", "/items");
    environment.put("WADI_POLL_TOKEN", TOKEN);
    environment.put("WADI_POLL_INTERVAL", "1s");
    environment.put("WADI_POLL_REQUESTS_PER_SECOND", "max");
    environment.put("WADI_POLL_RETRY_DELAY", "50ms");
    environment.put("WADI_DECODE_SHAPE", "json");
    environment.put("WADI_SIMULATOR_RATE", "0");
    environment.put("WADI_LAND_MAX_AGE", "500ms");
    environment.put("WADI_LAND_FIRST_AGE", "500ms");
    environment.put("WADI_INTAKE_MAX_WAIT", "100ms");
    environment.put("WADI_DEAD_LETTERS_MAX_WAIT", "100ms");
    environment.putAll(more);
    WadiProcess wadi =
        WadiProcess.start(environment, "run", "--data", data.toString(), "--port", "0");
    wadi.awaitError(
        line -> line.startsWith("ready at") || line.startsWith("failpoint"), "readiness");
    return wadi;
  }

  private WadiCommands commands() {
    return new WadiCommands(data, Map.of());
  }

  private long query(String sql) throws Exception {
    return commands().query(sql).get(0).path("n").asLong();
  }

  /** What the files of a table have, while they are written. */
  private long files(String table, String what) throws Exception {
    Path folder = data.resolve("lake").resolve(table);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> tree = Files.walk(folder);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      if (tree.noneMatch(file -> file.toString().endsWith(".parquet"))) {
        return 0;
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT count(%s) FROM read_parquet('%s/**/*.parquet', union_by_name = true)"
                  .formatted(what, folder))) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("raw"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private boolean isNamed(Path object) {
    return object.getFileName().toString().matches("[0-9a-f]{64}\\.jsonl");
  }

  private static double metric(WadiProcess wadi, String name) throws Exception {
    return get(wadi, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String get(WadiProcess wadi, String path) throws Exception {
    String ready =
        wadi.errors().stream()
            .filter(line -> line.startsWith("ready at"))
            .findFirst()
            .orElseThrow();
    URI page = URI.create(ready.replaceFirst(".*?(http://[^/\\s]+).*", "$1") + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static List<String> items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            n ->
                "{\"id\":\"e%d\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"n\":%d}"
                    .formatted(n, n))
        .toList();
  }
}
