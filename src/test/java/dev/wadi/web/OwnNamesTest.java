package dev.wadi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers send on behalf of other sites, and what others send. */
@Tag("unit")
class OwnNamesTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "LOCALHOST",
        "127.0.0.1:8080",
        "127.8.8.8",
        "[::1]:8080",
        "wadi.localhost:8080",
        "wadi.example.com"
      })
  void answersUnderItsOwnNames(String host) throws Exception {
    assertThat(ask("127.0.0.1", "GET", "Host: " + host)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil"})
  void refusesANameThatSomeoneElsesDnsHasGivenIt(String host) throws Exception {
    assertThat(ask("127.0.0.1", "GET", "Host: " + host)).isEqualTo(421);
  }

  @Test
  void answersUnderAnyNameWhereOthersReachItAndNoNamesAreSet() throws Exception {
    assertThat(ask("0.0.0.0", List.of(""), "GET", "Host: events.example.com")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evil.example         | 421",
        "wadi.example.com     | 200",
        "localhost:8080       | 200",
        // no name of anybody's DNS: how probes and Prometheus call a pod
        "10.0.0.7:8080        | 200",
        "[fd00::7]:8080       | 200",
        "10.0.0.7.evil.example | 421",
        "[evil.example]       | 421",
      })
  void keepsToNamesThatAreSetWhereverItListens(String host, int status) throws Exception {
    assertThat(ask("0.0.0.0", "GET", "Host: " + host)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | Origin: https://evil.example        | 403",
        "POST | Origin: null                        | 403",
        "POST | Origin: https://localhost.evil:8080 | 403",
        "POST | Sec-Fetch-Site: cross-site          | 403",
        "PUT  | Origin: https://evil.example        | 403",
        "POST | Origin: http://localhost:3000       | 403",
        "POST | Origin: http://localhost            | 403",
        "POST | Sec-Fetch-Site: same-site           | 403",
        "POST | Origin: http://localhost:8080       | 200",
        "POST | Sec-Fetch-Site: same-origin         | 200",
        "POST | X-Other: nothing of browsers        | 200",
        "GET  | Origin: https://evil.example        | 200",
      })
  void takesChangesFromItsOwnPagesAndFromProgramsAlone(String method, String header, int status)
      throws Exception {
    assertThat(ask("127.0.0.1", method, "Host: localhost:8080", header)).isEqualTo(status);
    assertThat(ask("0.0.0.0", method, "Host: localhost:8080", header)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://wadi.example.com      | wadi.example.com      | 200",
        "https://wadi.example.com      | wadi.example.com:443  | 200",
        "https://wadi.example.com:8443 | wadi.example.com:8443 | 200",
        "https://wadi.example.com:8443 | wadi.example.com      | 403",
        "http://wadi.example.com       | wadi.example.com:80   | 200",
        "http://wadi.example.com       | wadi.example.com:443  | 403",
        "http://[::1]:8080             | [::1]:8080            | 200",
        "http://[::1]:3000             | [::1]:8080            | 403",
      })
  void takesAPortThatIsNotNamedForTheOneOfTheScheme(String origin, String host, int status)
      throws Exception {
    assertThat(ask("127.0.0.1", "POST", "Host: " + host, "Origin: " + origin)).isEqualTo(status);
  }

  private int ask(String listensOn, String method, String... headers) throws Exception {
    return ask(listensOn, List.of("wadi.example.com", ""), method, headers);
  }

  private int ask(String listensOn, List<String> names, String method, String... headers)
      throws Exception {
    Router router = Router.router(vertx);
    router.route().handler(context -> context.response().end("here"));
    router.route().order(Integer.MIN_VALUE).handler(new OwnNames(listensOn, names));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    String request =
        method + " / HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: 0\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(new String(start, StandardCharsets.US_ASCII).substring(9));
    }
  }
}
