package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.PatientHealth;
import dev.wadi.reload.Reload;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live routes, whose files change while they run, on the embedded queue and store. */
@Tag("integration")
class ReloadIT {

  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final String BEFORE = "                              - process:\n";
  private static final String FLATTEN = "                                  id: event-flatten\n";

  @TempDir Path data;
  @TempDir Path routes;
  private final Health health = PatientHealth.of(Clock.systemUTC());

  @BeforeEach
  void hasARouteOfItsOwn() throws IOException {
    // so that the folder is never empty
    write("tick.yaml", tick("tick", "60s"));
  }

  @AfterEach
  void endHealth() {
    health.close();
  }

  @Test
  void leadsEventsByTheNewRouteWithoutARestart() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, routes).start();
        Reload reload = wadi.watch(routes, DRAIN, health)) {
      assertThat(reload).isNotNull();
      Route pipeline = wadi.camel.getRoute("pipeline");
      land(wadi, "a", 1);

      changed(wadi, "event", () -> write("event.yaml", dropping("not-wanted")));
      wadi.send(RouteFixture.event("b", "s"));
      await().atMost(RouteFixture.patience()).until(() -> filtered(wadi) == 1);

      changed(wadi, "event", () -> Files.delete(routes.resolve("event.yaml")));
      land(wadi, "c", 2);

      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "c");
      assertThat(wadi.camel.getRoute("pipeline")).as("goes on").isSameAs(pipeline);
      assertThat(health.report().status()).isEqualTo("UP");
      assertThat(wadi.metrics.total(Metrics.Term.RETURNED)).isZero();
    }
  }

  @Test
  void keepsTheOldRoutesWhileAnythingIsWrongAndSaysWhere() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, routes).start();
        Reload reload = wadi.watch(routes, DRAIN, health)) {
      assertThat(reload).isNotNull();
      Route event = wadi.camel.getRoute("event");
      // a good file and one that is no YAML: neither takes effect
      write("tick.yaml", tick("tick", "30s"));
      write("event.yaml", "- route:\n    id: event\n   from: [\n");
      awaitDegraded("event.yaml:3: this is not YAML");
      assertThat(outdated(wadi)).isEqualTo(1);

      // YAML, and a step that loses events
      write("event.yaml", own("31-event.camel.yaml").replace("ref: flatten", "ref: unheard-of"));
      awaitDegraded("there is no bean 'unheard-of'");
      write(
          "event.yaml",
          own("31-event.camel.yaml")
              .replace(
                  BEFORE + FLATTEN,
                  "                              - stop: {}\n" + BEFORE + FLATTEN));
      awaitDegraded("stop");

      assertThat(wadi.camel.getRoute("event")).isSameAs(event);
      assertThat(count(wadi, "wadi.routes.refused", "reason", "check")).isEqualTo(3);
      assertThat(health.report().ready()).as("degraded, not dead").isTrue();
      land(wadi, "a", 1);

      changed(wadi, "event", () -> write("event.yaml", dropping("mended")));
      assertThat(count(wadi, "wadi.routes.changed", "route", "tick")).isEqualTo(1);
      await().atMost(RouteFixture.patience()).until(() -> health.report().status().equals("UP"));
      assertThat(outdated(wadi)).isZero();
    }
  }

  @Test
  void putsTheOldRoutesBackWhereTheNewOnesDoNotStart() throws Exception {
    RouteFixture.Change changes =
        () -> {
          write("event.yaml", dropping("never"));
          // its queue is asked for by a start only
          write("other.yaml", source("no-such-queue"));
        };
    try (RouteFixture wadi = new RouteFixture(data, routes).start();
        Reload reload = wadi.watch(routes, DRAIN, health, changes)) {
      assertThat(reload).isNotNull();
      awaitDegraded("no-such-queue");
      assertThat(count(wadi, "wadi.routes.refused", "reason", "start")).isEqualTo(1);
      assertThat(ids(wadi.camel)).doesNotContain("other").contains("event", "tick");
      land(wadi, "a", 1);
      assertThat(filtered(wadi)).isZero();
    }
  }

  @Test
  void changesWhereARouteBeginsAndGivesBackNothingTwice() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, routes).start();
        Reload reload = wadi.watch(routes, DRAIN, health)) {
      assertThat(reload).isNotNull();
      land(wadi, "a", 1);
      changed(
          wadi,
          "intake-sqs",
          () ->
              write(
                  "intake.yaml",
                  own("20-intake-sqs.camel.yaml").replace("\"{{wadi.intake.max-events}}\"", "7")));
      land(wadi, "b", 2);
      assertThat(wadi.camel.getRoute("intake-sqs").getEndpoint().getEndpointUri())
          .contains("maxEvents=7");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
    }
  }

  @Test
  void changesBeansAndTemplatesWithTheRoutesThatUseThem() throws Exception {
    write("beans.yaml", beans("1"));
    write("made.yaml", templated("60s"));
    try (RouteFixture wadi = new RouteFixture(data, routes).start();
        Reload reload = wadi.watch(routes, DRAIN, health)) {
      assertThat(reload).isNotNull();
      Object before = wadi.camel.getRegistry().lookupByName("mine");
      assertThat(ids(wadi.camel)).contains("made");
      changed(wadi, "tick", () -> write("beans.yaml", beans("2")));
      assertThat(wadi.camel.getRegistry().lookupByName("mine")).isNotNull().isNotSameAs(before);
      assertThat(ids(wadi.camel)).contains("made");

      changed(
          wadi,
          "tick",
          () -> {
            Files.delete(routes.resolve("beans.yaml"));
            Files.delete(routes.resolve("made.yaml"));
          });
      assertThat(ids(wadi.camel)).doesNotContain("made").contains("tick");
      assertThat(wadi.camel.getRegistry().lookupByName("mine")).isNull();
      land(wadi, "a", 1);
    }
  }

  @Test
  void waitsWithTheChangeWhileAStepHangsAndLosesNothing() throws Exception {
    write("event.yaml", dropping("old"));
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      CountDownLatch hanging = new CountDownLatch(1);
      wadi.advise(
          "event",
          route -> route.weaveById("event-decode").before().process(exchange -> hanging.await()));
      wadi.start();
      try (Reload reload = wadi.watch(routes, Duration.ofSeconds(3), health)) {
        assertThat(reload).isNotNull();
        wadi.send(RouteFixture.event("a", "s"));
        await().atMost(RouteFixture.patience()).until(() -> wadi.metrics.inFlight() == 1);
        write("event.yaml", dropping("new"));
        awaitDegraded("1 batches are still on their way");
        hanging.countDown();
        await().atMost(RouteFixture.patience()).until(() -> filtered(wadi) == 1);
        // it is tried again by itself
        await()
            .atMost(RouteFixture.patience())
            .until(() -> count(wadi, "wadi.routes.changed", "route", "event") == 1);
      }
    }
  }

  @Test
  void levelsOffAfterFiftyChangesUnderLoadAndLandsEachEventOnce() throws Exception {
    try (RouteFixture wadi =
            new RouteFixture(data, routes, Map.of("wadi.intake.max-receives", "100")).start();
        Reload reload = wadi.watch(routes, DRAIN, health)) {
      assertThat(reload).isNotNull();
      int threads = 0;
      int endpoints = 0;
      int meters = 0;
      for (int n = 1; n <= 50; n++) {
        int version = n;
        wadi.send(RouteFixture.event("e" + n, "s"));
        changed(wadi, "event", () -> write("event.yaml", telling(version)));
        if (n % 10 == 0) {
          changed(wadi, "intake-sqs", () -> write("intake.yaml", gathering(version)));
        }
        if (n == 25) {
          threads = threads();
          endpoints = wadi.camel.getEndpointRegistry().size();
          meters = wadi.metrics.registry().getMeters().size();
        }
      }
      assertThat(wadi.camel.getEndpointRegistry().size()).isLessThanOrEqualTo(endpoints);
      // what is counted of a source is there from its first event on, which may come late; one for
      // each of these changes would be more
      assertThat(wadi.metrics.registry().getMeters())
          .extracting(meter -> meter.getId().toString())
          .hasSizeLessThan(meters + 25);
      int before = threads;
      await().atMost(RouteFixture.patience()).until(() -> threads() <= before);
      assertThat(wadi.camel.getRouteDefinitions()).hasSize(wadi.camel.getRoutes().size());
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id"))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 50).mapToObj(n -> "e" + n).toList());
      assertThat(wadi.column("dead_letters", "reason")).isEmpty();
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Makes a change and waits until it has taken effect. */
  private static void changed(RouteFixture wadi, String route, Change change) throws IOException {
    double before = count(wadi, "wadi.routes.changed", "route", route);
    change.make();
    await()
        .atMost(RouteFixture.patience())
        .until(() -> count(wadi, "wadi.routes.changed", "route", route) == before + 1);
  }

  private void land(RouteFixture wadi, String id, int landed) {
    wadi.send(RouteFixture.event(id, "s"));
    await()
        .atMost(RouteFixture.patience())
        .untilAsserted(() -> assertThat(wadi.column("events", "event_id")).hasSize(landed));
    await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
  }

  private void awaitDegraded(String why) {
    await()
        .atMost(RouteFixture.patience())
        .untilAsserted(
            () -> {
              Health.Report report = health.report();
              assertThat(report.status()).isEqualTo("DEGRADED");
              assertThat(report.checks().get(0).detail()).contains(why);
            });
  }

  private static double count(RouteFixture wadi, String name, String label, String value) {
    Counter counter = wadi.metrics.registry().find(name).tag(label, value).counter();
    return counter == null ? 0 : counter.count();
  }

  private static double outdated(RouteFixture wadi) {
    Gauge gauge = wadi.metrics.registry().find("wadi.routes.outdated").gauge();
    return gauge.value();
  }

  private static long filtered(RouteFixture wadi) {
    return wadi.commits.stream()
        .flatMap(commit -> commit.sources().values().stream())
        .mapToLong(source -> source.filtered())
        .sum();
  }

  private static int threads() {
    // of sources and of changes; the servers and clients of the test have pools that grow with load
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("(?i)(wadi|camel).*"))
            .count();
  }

  private static TreeSet<String> ids(DefaultCamelContext camel) {
    TreeSet<String> ids = new TreeSet<>();
    camel.getRoutes().forEach(route -> ids.add(route.getRouteId()));
    return ids;
  }

  private void write(String file, String text) throws IOException {
    Path whole = Files.writeString(data.resolve("written"), text);
    Files.move(whole, routes.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String own(String file) throws IOException {
    try (InputStream route = ReloadIT.class.getResourceAsStream("/routes/" + file)) {
      return new String(route.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The route {@code intake-sqs}, with other batches. */
  private static String gathering(int events) throws IOException {
    return own("20-intake-sqs.camel.yaml")
        .replace("\"{{wadi.intake.max-events}}\"", Integer.toString(events));
  }

  /** The route {@code event}, which drops whatever is new. */
  private static String dropping(String reason) throws IOException {
    return own("31-event.camel.yaml")
        .replace(
            BEFORE + FLATTEN,
            "                              - to:\n"
                + "                                  id: my-drop\n"
                + "                                  uri: wadi-drop:"
                + reason
                + "\n"
                + BEFORE
                + FLATTEN);
  }

  private static String telling(int version) throws IOException {
    return own("31-event.camel.yaml")
        .replace(
            BEFORE + FLATTEN,
            "                              - log:\n"
                + "                                  id: my-log\n"
                + "                                  message: version "
                + version
                + "\n"
                + BEFORE
                + FLATTEN);
  }

  private static String tick(String id, String period) {
    return """
        - route:
            id: %s
            from:
              uri: timer:%s
              parameters:
                period: %s
              steps:
                - log:
                    message: tick
        """
        .formatted(id, id, period);
  }

  private static String source(String queue) throws IOException {
    return own("20-intake-sqs.camel.yaml")
        .replace("{{wadi.intake.queue}}", queue)
        .replace("intake-sqs", "other");
  }

  private static String beans(String value) {
    return """
        - beans:
            - name: mine
              type: java.util.concurrent.atomic.AtomicInteger
              constructors:
                0: %s
        - routeTemplate:
            id: making
            parameters:
              - name: period
            from:
              uri: timer:made
              parameters:
                period: "{{period}}"
              steps:
                - log:
                    message: made
        """
        .formatted(value);
  }

  private static String templated(String period) {
    return """
        - templatedRoute:
            routeTemplateRef: making
            routeId: made
            parameters:
              - name: period
                value: %s
        """
        .formatted(period);
  }
}
