package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.process.WadiProcess;
import dev.wadi.web.Certificates;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What neighbours on the network, senders and web pages may do to the packaged application. */
@Tag("integration")
class HttpSafetyIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;
  // whom it refuses it disconnects, and a second request must not be on that way already
  private HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void speaksTlsAndTakesTokensAsTheyAreInTheirFile() throws Exception {
    Certificates certificates = new Certificates(folder);
    Path certificate = certificates.server("server");
    Path tokens = Files.writeString(folder.resolve("tokens"), "first-token\n");
    client = HttpClient.newBuilder().sslContext(certificates.client("server", null)).build();
    try (WadiProcess wadi =
        start(
            Map.of(
                "WADI_HTTP_TLS_CERTIFICATE", certificate.toString(),
                "WADI_HTTP_TLS_KEY", Certificates.keyOf(certificate).toString(),
                "WADI_HTTP_EVENTS_TOKEN_FILE", tokens.toString()))) {
      assertThat(page(wadi, "/").getScheme()).isEqualTo("https");
      awaitHealthy(wadi);
      assertThat(post(wadi, event("a", "t"), "first-token").statusCode()).isEqualTo(202);

      Files.writeString(tokens, "the-second-token\n");

      await()
          .atMost(PATIENCE)
          .until(() -> post(wadi, event("a", "t"), "first-token").statusCode() == 401);
      assertThat(post(wadi, event("b", "t"), "the-second-token").statusCode()).isEqualTo(202);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      assertThat(wadi.log()).doesNotContain("first-token", "the-second-token");
    }
  }

  @Test
  void takesNothingFromStrangersUnlessItIsToldTo() throws Exception {
    try (WadiProcess wadi = start(Map.of("WADI_HTTP_HOST", "0.0.0.0"))) {
      HttpResponse<String> refused = post(wadi, event("a", "t"), null);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("WADI_HTTP_EVENTS_TOKEN");
      awaitHealthy(wadi);
      assertThat(wadi.log()).contains("POST /events is answered with 403 until");
    }
    try (WadiProcess wadi =
        start(Map.of("WADI_HTTP_HOST", "0.0.0.0", "WADI_HTTP_EVENTS_ANONYMOUS", "true"))) {
      assertThat(post(wadi, event("a", "t"), null).statusCode()).isEqualTo(202);
    }
  }

  /**
   * What listens and what says who may send go by one address, whatever the JVM's properties are.
   */
  @Test
  void listensWhereItsSettingsSayThoughThePropertyOfAJvmSaysElse() throws Exception {
    try (WadiProcess wadi = start(Map.of("JDK_JAVA_OPTIONS", "-Dwadi.http.host=127.0.0.2"))) {
      assertThat(page(wadi, "/").getHost()).isEqualTo("127.0.0.1");
      awaitHealthy(wadi);
    }
  }

  @Test
  void answersNoPageOfAnotherSite() throws Exception {
    try (WadiProcess wadi = start(Map.of())) {
      assertThat(status(wadi, "GET /api/status HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
          .isEqualTo(421);
      HttpRequest crossSite =
          HttpRequest.newBuilder(page(wadi, "/events"))
              .headers("Content-Type", "application/json", "Origin", "https://evil.example")
              .POST(HttpRequest.BodyPublishers.ofString(event("a", "t")))
              .build();
      assertThat(client.send(crossSite, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
      // what a page may send without being asked about it first
      for (String type :
          List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
        HttpRequest simple =
            HttpRequest.newBuilder(page(wadi, "/events"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(event("a", "t")))
                .build();
        assertThat(client.send(simple, HttpResponse.BodyHandlers.ofString()).statusCode())
            .as(type)
            .isEqualTo(415);
      }
      HttpResponse<String> page = get(wadi, "/");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void refusesWhatAServerBeforeItMightReadOtherwise() throws Exception {
    try (WadiProcess wadi = start(Map.of())) {
      String start =
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
      assertThat(
              status(
                  wadi,
                  start
                      + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                      + "GET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .as("a length, and chunks")
          .isEqualTo(400);
      assertThat(status(wadi, start + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"))
          .as("two lengths")
          .isEqualTo(400);
      assertThat(status(wadi, start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"))
          .as("no known coding")
          .isEqualTo(400);
      assertThat(
              status(wadi, "GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(100_000) + "\r\n\r\n"))
          .as("a huge header")
          .isEqualTo(431);
      assertThat(status(wadi, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n"))
          .as("a huge line")
          .isEqualTo(414);
      awaitHealthy(wadi);
    }
  }

  @Test
  void namesInEventsReachNoFileNoLineAndNoTerminal() throws Exception {
    Path data = folder.resolve("data");
    String forged = "x\\n2026-11-22T00:00:00.000Z ERROR Forged all is lost \\u001b[2J";
    try (WadiProcess wadi = start(Map.of("WADI_DECODE_SHAPE", "json"))) {
      for (String type :
          List.of(
              "../../../../outside",
              "a/../../../../outside",
              "..",
              "a\\u0000b",
              "<script>alert(1)</script>",
              "${jndi:ldap://127.0.0.1/a}",
              "$(touch outside)")) {
        assertThat(post(wadi, event("b", type), null).statusCode()).isEqualTo(202);
      }
      assertThat(post(wadi, event(forged, "a/outside"), null).statusCode()).isEqualTo(202);
      assertThat(post(wadi, event("'; DROP TABLE events; --", "t"), null).statusCode())
          .isEqualTo(202);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      assertThat(wadi.errors())
          .noneMatch(line -> line.contains("Forged") || line.contains("\u001b"));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> folder.relativize(file).toString()))
          .filteredOn(file -> file.contains("outside"))
          .isNotEmpty()
          .allMatch(file -> file.startsWith("data/lake/events/event_type=a%2Foutside"));
    }
    List<String> shown = run("query", "SELECT event_id, event_type FROM events", data);
    assertThat(shown).anyMatch(line -> line.contains("DROP TABLE"));
    assertThat(shown)
        .noneMatch(line -> line.contains("\u001b") || line.startsWith("2026-11-22T00"));
    assertThat(run("verify", "--checksums", data)).anyMatch(line -> line.startsWith("OK"));
  }

  private static List<String> run(String command, String word, Path data) throws Exception {
    try (WadiProcess wadi = WadiProcess.start(Map.of(), command, word, "--data", data.toString())) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isZero();
      return wadi.output();
    }
  }

  private static String event(String id, String type) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"time\":\"2026-11-20T10:00:00Z\"}".formatted(id, type);
  }

  private HttpResponse<String> post(WadiProcess wadi, String body, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page(wadi, "/events")).header("Content-Type", "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** On a busy machine a check may be late at first. */
  private void awaitHealthy(WadiProcess wadi) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(get(wadi, "/health").statusCode()).isEqualTo(200));
  }

  private HttpResponse<String> get(WadiProcess wadi, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(page(wadi, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The status that a request is answered with, as it stands here. */
  private static int status(WadiProcess wadi, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", page(wadi, "/").getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(new String(start, StandardCharsets.US_ASCII).substring(9));
    }
  }

  private static URI page(WadiProcess wadi, String path) {
    return wadi.errors().stream()
        .filter(line -> line.startsWith("ready at "))
        .map(line -> URI.create(line.split(" ")[2]).resolve(path))
        .findFirst()
        .orElseThrow();
  }

  private WadiProcess start(Map<String, String> others) throws Exception {
    Map<String, String> environment = new HashMap<>(others);
    environment.put("WADI_INTAKE_MAX_WAIT", "200ms");
    List<String> command =
        new ArrayList<>(
            List.of(
                "run", "--rate", "0", "--port", "0", "--data", folder.resolve("data").toString()));
    WadiProcess wadi = WadiProcess.start(environment, command.toArray(String[]::new));
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }
}
