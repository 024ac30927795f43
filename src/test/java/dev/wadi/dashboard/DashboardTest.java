package dev.wadi.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.ops.Health.Phase;
import dev.wadi.ops.Health.Scope;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Metrics.Term;
import dev.wadi.ops.RecentCommits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class DashboardTest {

  private static ServedWadi wadi;

  @BeforeAll
  static void start() throws Exception {
    wadi =
        ServedWadi.start(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:work")
                    .routeId("work")
                    .routeDescription("Fails on <b>bad</b>.")
                    .choice()
                    .when(body().isEqualTo("bad"))
                    .throwException(IllegalStateException.class, "bad")
                    .end();
              }
            });
    wadi.health.enter(Phase.RUNNING);
  }

  @AfterAll
  static void stop() {
    wadi.close();
  }

  @Test
  void listensOnAnotherPortThan8080() throws Exception {
    assertThat(wadi.port()).isPositive().isNotEqualTo(8080);
    assertThat(wadi.get("/health/live").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/, text/html", "/page.css, text/css", "/page.js, text/javascript"})
  void servesThePageWithAPolicyThatLetsNothingElseIn(String path, String type) throws Exception {
    HttpResponse<String> answer = wadi.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo(type + "; charset=utf-8");
    assertThat(header(answer, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers().firstValue("X-Echo")).isEmpty();
  }

  @Test
  void pageObeysItsOwnPolicy() throws Exception {
    assertThat(wadi.get("/").body())
        .doesNotContain("http://", "https://", "<style", "style=", "onclick", "onload");
    assertThat(wadi.get("/page.js").body())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(");
    assertThat(wadi.get("/page.css").body()).doesNotContain("url(", "@import");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/page", "/page.html", "/page/../log4j2.xml", "/page%2f..%2flog4j2.xml"})
  void servesNoOtherFile(String path) throws Exception {
    assertThat(wadi.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void answersHeadAndNothingThatWrites() throws Exception {
    assertThat(wadi.request("HEAD", "/health/live").statusCode()).isEqualTo(200);
    assertThat(wadi.request("POST", "/health").statusCode()).isEqualTo(405);
    assertThat(wadi.request("DELETE", "/").statusCode()).isEqualTo(405);
  }

  @Test
  void statusTellsEveryTermPerSource() throws Exception {
    wadi.metrics.count(Term.RECEIVED, "sqs:events", 10);
    wadi.metrics.inFlight("sqs:events", 10);
    wadi.metrics.inFlight("sqs:events", -7);
    wadi.metrics.count(Term.LANDED, "sqs:events", 4);
    wadi.metrics.count(Term.DUPLICATES, "sqs:events", 2);
    wadi.metrics.count(Term.REJECTED, "sqs:events", 1);
    wadi.metrics.count(Term.RECEIVED, "sqs:events-dlq", 1);
    wadi.metrics.count(Term.LANDED, "sqs:events-dlq", 1);

    JsonNode status = status();

    assertThat(status.at("/profile").asText()).isEqualTo("local");
    assertThat(status.at("/phase").asText()).isEqualTo("running");
    assertThat(status.at("/totals"))
        .hasToString(
            "{\"received\":10,\"returned\":0,\"landed\":4,\"duplicates\":2,\"conflicts\":0,"
                + "\"rejected\":1,\"filtered\":0,\"redelivered\":0,\"in_flight\":3,"
                + "\"balanced\":true}");
    assertThat(status.at("/sources/0/name").asText()).isEqualTo("sqs:events");
    assertThat(status.at("/sources/0/landed").asInt()).isEqualTo(4);
    assertThat(status.at("/sources/1/name").asText()).isEqualTo("sqs:events-dlq");
    assertThat(status.at("/sources/1/archive").asBoolean()).isTrue();
  }

  @Test
  void statusTellsWhatEachRouteDid() throws Exception {
    var template = wadi.main.getCamelTemplate();
    template.send("direct:work", exchange -> exchange.getMessage().setBody("good"));
    template.send("direct:work", exchange -> exchange.getMessage().setBody("bad"));

    for (JsonNode route : status().at("/routes")) {
      if (route.at("/id").asText().equals("work")) {
        assertThat(Instant.parse(route.at("/since").asText())).isBeforeOrEqualTo(Instant.now());
        ((ObjectNode) route).remove("since");
        assertThat(route)
            .hasToString(
                "{\"id\":\"work\",\"state\":\"started\",\"description\":\"Fails on <b>bad</b>.\","
                    + "\"file\":\"\",\"exchanges\":2,\"failures\":1}");
        return;
      }
    }
    throw new AssertionError("the route work is missing");
  }

  @Test
  void statusTellsTheLastCommits() throws Exception {
    wadi.commits.committed(
        new RecentCommits.Commit(
            "01KAJ0",
            Instant.parse("2026-11-21T12:00:00Z"),
            120,
            3,
            40960,
            Duration.ofMillis(340)));

    assertThat(status().at("/commits/0"))
        .hasToString(
            "{\"id\":\"01KAJ0\",\"committed_at\":\"2026-11-21T12:00:00Z\",\"rows\":120,"
                + "\"files\":3,\"bytes\":40960,\"seconds\":0.34}");
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    wadi.metrics.count(Term.CONFLICTS, "sqs:metered", 2);

    HttpResponse<String> answer = wadi.get("/metrics");

    assertThat(header(answer, "Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(answer.body())
        .contains("wadi_events_conflicts_total{source=\"sqs:metered\"} 2.0")
        .contains("wadi_events_landed_total{source=\"sqs:metered\"} 0.0")
        .contains("wadi_route_exchanges_total{route=\"work\"}")
        .contains("jvm_memory_used_bytes", "process_cpu_usage", "jvm_threads_live_threads");
  }

  @Test
  void isReadyWhenEverythingAnswersAndUnreadyWhenARouteStops() throws Exception {
    try (ServedWadi own = ServedWadi.start(idle("other"))) {
      assertThat(own.get("/health").statusCode()).isEqualTo(503);
      assertThat(json(own.get("/health")).at("/status").asText()).isEqualTo("STARTING");

      own.health.enter(Phase.RUNNING);
      assertThat(own.get("/health").statusCode()).isEqualTo(200);

      own.main.getCamelContext().getRouteController().stopRoute("other");
      await().untilAsserted(() -> assertThat(own.get("/health").statusCode()).isEqualTo(503));
      assertThat(own.get("/health").body()).contains("\"detail\":\"not running: other\"");
    }
  }

  @Test
  void isUnreadyWhileTheStoreHangsAndStillAnswers() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ServedWadi own = ServedWadi.start()) {
      own.health.enter(Phase.RUNNING);
      own.health.add("queue", () -> HealthCheck.up("3 messages"));
      own.health.add(
          "store",
          () -> {
            never.await();
            return HealthCheck.up("");
          });

      HttpResponse<String> answer = own.get("/health");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).at("/checks/3/status").asText()).isEqualTo("UP");
      assertThat(json(answer).at("/checks/4/name").asText()).isEqualTo("store");
      assertThat(json(answer).at("/checks/4/status").asText()).isEqualTo("DOWN");
      assertThat(own.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isReadyAndLiveWhileTheStoreIsDown() throws Exception {
    try (ServedWadi own = ServedWadi.start()) {
      own.health.enter(Phase.RUNNING);
      own.health.add("store", () -> HealthCheck.down("503"));

      assertThat(own.get("/health").statusCode()).isEqualTo(503);
      assertThat(own.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(own.get("/health/ready").body()).doesNotContain("store");
      assertThat(own.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isUnreadyButLiveWhileItStartsWhenARouteStopsAndWhenNothingCanBeStored() throws Exception {
    try (ServedWadi own = ServedWadi.start(idle("other"))) {
      assertThat(own.get("/health/ready").statusCode()).isEqualTo(503);
      own.health.enter(Phase.RUNNING);
      assertThat(own.get("/health/ready").statusCode()).isEqualTo(200);

      own.health.add(Scope.OWN, "intake log", () -> HealthCheck.down("No space left on device"));
      assertThat(own.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(own.get("/health/ready").body()).contains("No space left on device");

      own.main.getCamelContext().getRouteController().stopRoute("other");
      await()
          .untilAsserted(
              () -> assertThat(own.get("/health/ready").body()).contains("not running: other"));
      own.health.enter(Phase.DRAINING);
      assertThat(json(own.get("/health/ready")).at("/status").asText()).isEqualTo("DRAINING");
      assertThat(own.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isNoLongerLiveWhenOnlyANewProcessCouldGoOn() throws Exception {
    try (ServedWadi own = ServedWadi.start()) {
      own.health.enter(Phase.RUNNING);
      own.health.add(Scope.VITAL, "other", () -> HealthCheck.down("stuck for ever"));

      assertThat(own.get("/health/live").statusCode()).isEqualTo(503);
      assertThat(own.get("/health/live").body()).contains("stuck for ever");
      assertThat(own.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(own.get("/health").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void tellsThatItIsDrainingAsLongAsSomethingIsInFlight() throws Exception {
    CountDownLatch landed = new CountDownLatch(1);
    ServedWadi own =
        ServedWadi.start(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("seda:slow").routeId("slow").process(exchange -> landed.await());
              }
            });
    Thread stop = new Thread(own::close);
    try {
      own.health.enter(Phase.RUNNING);
      own.main.getCamelTemplate().sendBody("seda:slow?waitForTaskToComplete=Never", "event");
      await().until(() -> own.main.getCamelContext().getInflightRepository().size() == 1);

      own.health.enter(Phase.DRAINING);
      stop.start();

      await().until(() -> own.main.getCamelContext().isStopping());
      HttpResponse<String> answer = own.get("/health");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).at("/status").asText()).isEqualTo("DRAINING");
    } finally {
      landed.countDown();
      stop.join();
    }
  }

  private static RouteBuilder idle(String id) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:" + id).routeId(id).log("${body}");
      }
    };
  }

  private static JsonNode status() throws Exception {
    return json(wadi.get("/api/status"));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new JsonMapper().readTree(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
