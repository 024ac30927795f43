package dev.wadi.crash.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fate, as a client and the server see it. */
@Tag("unit")
class FaultProxyTest {

  private final List<String> served = new CopyOnWriteArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer server;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          served.add(new String(exchange.getRequestBody().readAllBytes(), "UTF-8"));
          byte[] answer = ("answer " + served.size()).getBytes("UTF-8");
          // a length of 0 is chunked, which the proxy has to join
          exchange.sendResponseHeaders(200, served.size() % 2 == 0 ? 0 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    proxy = new FaultProxy(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.stop(0);
  }

  @Test
  void passesRequestsAndAnswersOnOneConnection() throws Exception {
    assertThat(put("a").body()).isEqualTo("answer 1");
    assertThat(put("b").body()).isEqualTo("answer 2");
    assertThat(served).containsExactly("a", "b");
    assertThat(proxy.faults()).isZero();
  }

  @Test
  void resetsBeforeTheServerHasTheRequest() {
    proxy.set(always(Fate.RESET));
    assertThatThrownBy(() -> put("a")).isInstanceOf(IOException.class);
    assertThat(served).isEmpty();
    assertThat(proxy.faults()).isPositive();
  }

  @Test
  void losesTheAnswerAfterTheServerHasDoneIt() {
    proxy.set(always(Fate.LOST_ANSWER));
    assertThatThrownBy(() -> put("a")).isInstanceOf(IOException.class);
    assertThat(served).contains("a");
  }

  @Test
  void refusesAndLetsPassAgain() throws Exception {
    proxy.set(always(Fate.SLOW_DOWN));
    HttpResponse<String> refused = put("a");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("SlowDown");
    assertThat(served).isEmpty();

    proxy.set(Weather.CLEAR);
    assertThat(put("b").statusCode()).isEqualTo(200);
  }

  @Test
  void hangsAndThenBreaksOff() {
    proxy.set(always(Fate.hang(Duration.ofMillis(20))));
    assertThatThrownBy(() -> put("a")).isInstanceOf(IOException.class);
    assertThat(served).isEmpty();
  }

  @Test
  void dealsAFateToRequestsThatMentionAQueueAlone() throws Exception {
    proxy.set(Weather.against("events-dlq", Fate.UNAVAILABLE));
    assertThat(put("to events").statusCode()).isEqualTo(200);
    assertThat(put("to events-dlq").statusCode()).isEqualTo(503);
  }

  private static Weather always(Fate fate) {
    return Weather.of(1, List.of(fate), new Random(1));
  }

  private HttpResponse<String> put(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(proxy.endpoint()).PUT(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }
}
