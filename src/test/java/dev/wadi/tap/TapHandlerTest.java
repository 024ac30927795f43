package dev.wadi.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real routes, looked at over a real server. */
@Tag("unit")
class TapHandlerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TappedNodes nodes = new TappedNodes();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    camel.getCamelContextExtension().addInterceptStrategy(nodes);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in")
                .routeId("in")
                .onException(IllegalStateException.class)
                .id("in-on-failure")
                .handled(true)
                .end()
                .choice()
                .id("in-choice")
                .when(simple("${body} != null"))
                .process(exchange -> exchange.getMessage().getBody(ObjectNode.class).put("n", 2))
                .id("in-change")
                .end()
                .setBody(constant("after"))
                .id("in-after");
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() throws Exception {
    camel.stop();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void showsWhatComesToANodeAsItCame() throws Exception {
    serve(new TapAccess(false, shown -> true));
    try (Reading reading = open("node=in-change&count=2&sample=1/1")) {
      assertThat(reading.line()).contains("\"seen\":0");
      ObjectNode body = JSON.createObjectNode().put("n", 1);
      camel.createProducerTemplate().sendBody("direct:in", body);
      camel.createProducerTemplate().sendBody("direct:in", JSON.createObjectNode().put("n", 5));

      assertThat(reading.line()).contains("\"node\":\"in-change\"", "\"body\":{\"n\":1}");
      assertThat(reading.line()).contains("\"body\":{\"n\":5}");
      assertThat(reading.line()).contains("\"seen\":2,\"taken\":2,\"dropped\":0");
      assertThat(reading.line()).isNull();
      assertThat(body.get("n").asInt()).isEqualTo(2);
    }
    await().atMost(PATIENCE).until(() -> !nodes.taps().point("in-change").isOpen());
  }

  @Test
  void aRoutesNameMeansItsFirstNode() throws Exception {
    serve(new TapAccess(false, shown -> true));
    try (Reading reading = open("node=in&filter=n%3D7")) {
      reading.line();
      for (int n = 6; n < 9; n++) {
        camel.createProducerTemplate().sendBody("direct:in", JSON.createObjectNode().put("n", n));
      }

      assertThat(reading.line()).contains("\"node\":\"in-choice\"", "\"body\":{\"n\":7}");
    }
  }

  @Test
  void aReaderThatGoesAwayEndsItsTap() throws Exception {
    serve(new TapAccess(false, shown -> true));
    Reading reading = open("node=in-after");
    reading.line();
    assertThat(nodes.taps().point("in-after").isOpen()).isTrue();

    reading.close();

    await().atMost(PATIENCE).until(() -> !nodes.taps().point("in-after").isOpen());
  }

  @Test
  void aReaderThatReadsNothingHoldsNobodyUp() throws Exception {
    serve(new TapAccess(false, shown -> true));
    try (Reading reading = open("node=in&sample=1/1")) {
      String text = "x".repeat(10_000);
      for (int n = 0; n < 5_000; n++) {
        camel
            .createProducerTemplate()
            .sendBody("direct:in", JSON.createObjectNode().put("text", text));
      }
      List<String> counts = new ArrayList<>();
      for (String line = reading.line(); line != null; line = reading.line()) {
        if (line.startsWith("{\"tap\"")) {
          counts.add(line);
          if (line.contains("\"seen\":5000")) {
            break;
          }
        }
      }
      assertThat(counts.get(counts.size() - 1)).doesNotContain("\"dropped\":0");
    }
  }

  @Test
  void namesTheNodesThereAre() throws Exception {
    serve(new TapAccess(false, shown -> true));

    HttpResponse<String> answer = get("node=ni", null);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body().lines())
        .containsExactly(
            "there is no node 'ni': name one of these, a route or a node",
            "in (begins at in-choice)",
            "in-after",
            "in-change",
            "in-choice");
  }

  @Test
  void nodesOfARouteThatWasTakenAwayOrChangedAreThereNoMore() throws Exception {
    serve(new TapAccess(false, shown -> true));
    try (Reading changed = open("node=in-choice");
        Reading gone = open("node=in-after")) {
      camel.getRouteController().stopRoute("in");
      camel.removeRoute("in");
      assertThat(get("node=in", null).statusCode()).isEqualTo(404);

      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:in").routeId("in").setBody(constant("new")).id("in-choice");
            }
          });

      assertThat(get("node=in-after", null).body().lines())
          .containsExactly(
              "there is no node 'in-after': name one of these, a route or a node",
              "in (begins at in-choice)",
              "in-choice");
      String last = null;
      for (String line = gone.line(); line != null; line = gone.line()) {
        last = line;
      }
      assertThat(last).endsWith("\"ended\":\"the node is there no more\"}}");
      camel.createProducerTemplate().sendBody("direct:in", JSON.createObjectNode().put("n", 1));
      String shown = changed.line();
      while (shown.startsWith("{\"tap\"") && !shown.contains("ended")) {
        shown = changed.line();
      }
      assertThat(shown).contains("\"body\":{\"n\":1}");
    }
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    serve(new TapAccess(false, shown -> true));

    assertThat(get("node=in&sample=2/3", null).statusCode()).isEqualTo(400);
    assertThat(get("node=in&count=some", null).body()).contains("count is 'some'");
    assertThat(get("node=in&filter=x", null).body()).contains("the filter must be path=value");
    List<Reading> open = new ArrayList<>();
    for (int n = 0; n < Taps.MOST; n++) {
      open.add(open("node=in"));
    }
    assertThat(get("node=in", null).statusCode()).isEqualTo(429);
    for (Reading reading : open) {
      reading.close();
    }
  }

  @Test
  void asksForTheToken() throws Exception {
    serve(new TapAccess(false, "Bearer secret"::equals));

    HttpResponse<String> without = get("node=gone", null);
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(without.body()).doesNotContain("in-after");
    assertThat(get("node=gone", "Bearer secret").statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyMayLookWhereOthersReachItAndNothingIsAskedFor() throws Exception {
    serve(new TapAccess(true, shown -> true));

    assertThat(get("node=in", null).statusCode()).isEqualTo(403);
    assertThat(get("node=in", null).body()).contains("set WADI_HTTP_TAP_TOKEN");
  }

  @Test
  void aBrowsersPageMayNotLook() throws Exception {
    serve(new TapAccess(false, shown -> true));

    assertThat(statusWith("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(statusWith("Sec-Fetch-Site", "same-site")).isEqualTo(403);
    assertThat(statusWith("Origin", "https://a.example")).isEqualTo(403);
    assertThat(statusWith("Sec-Fetch-Site", "none")).isEqualTo(404);
  }

  private int statusWith(String header, String value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("node=gone")).header(header, value).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private void serve(TapAccess access) throws Exception {
    Router router = Router.router(vertx);
    router.get("/tap").handler(new TapHandler(nodes, access, Clock.systemUTC(), System::nanoTime));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String query, String authorization) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(query)).timeout(PATIENCE);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private Reading open(String query) throws Exception {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(uri(query)).build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new Reading(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  private URI uri(String query) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/tap?" + query);
  }

  private record Reading(BufferedReader lines) implements AutoCloseable {

    String line() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
