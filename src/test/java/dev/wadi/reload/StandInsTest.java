package dev.wadi.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.IntakeGate;
import dev.wadi.ops.Backoff;
import dev.wadi.reload.RouteChanges.Ending;
import dev.wadi.reload.RouteChanges.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What senders are told whose route is being changed, by the server itself. */
@Tag("unit")
class StandInsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Main main = new Main();
  private final FakeSources sources = new FakeSources();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private RouteSwap swap;
  private int port;

  @BeforeEach
  void startsAServer() throws Exception {
    main.setDefaultPropertyPlaceholderLocation("false");
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", "0");
    Processor hangs =
        exchange -> {
          if (hanging.incrementAndGet() == 1) {
            hang.await();
          }
        };
    main.bind("hangs", hangs);
    main.bind("fake", sources);
    main.start();
    CamelContext camel = main.getCamelContext();
    port = camel.hasService(VertxPlatformHttpServer.class).getServer().actualPort();
    swap =
        new RouteSwap(
            camel,
            new IntakeGate(),
            now -> {},
            new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2)));
  }

  @AfterEach
  void stopsIt() {
    hang.countDown();
    main.stop();
  }

  @Test
  void asksSendersToComeAgainWhileAnotherRouteStops() throws Exception {
    RouteSet before =
        routes(http("a", "/mine", "one") + http("b", "/slow", "one", "process: {ref: hangs}"));
    RouteSet after = routes(http("a", "/mine", "two") + http("b", "/slow", "two"));
    make(new RouteSet(), before);
    CompletableFuture<HttpResponse<String>> slow = sent("/slow");
    await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    CompletableFuture<Outcome> change = CompletableFuture.supplyAsync(() -> make(before, after));
    await().atMost(PATIENCE).until(() -> send("/slow").statusCode() == 503);
    HttpResponse<String> meanwhile = send("/mine");
    assertThat(meanwhile.statusCode()).isEqualTo(503);
    assertThat(meanwhile.headers().firstValue("Retry-After")).contains("1");
    assertThat(meanwhile.body()).contains("the route is being changed");
    hang.countDown();
    assertThat(change.join().ending()).isEqualTo(Ending.CHANGED);
    assertThat(slow.join().body()).as("what was in it").isEqualTo("one");
    assertThat(send("/mine").body()).isEqualTo("two");
    assertThat(send("/slow").body()).isEqualTo("two");
  }

  @Test
  void changesARouteThatIsNeverEmptyByItself() throws Exception {
    RouteSet before = version(0);
    make(new RouteSet(), before);
    List<Integer> answers = new CopyOnWriteArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    Runnable load =
        () -> {
          while (!over.get()) {
            answers.add(send("/mine").statusCode());
          }
        };
    List<Thread> senders = Stream.generate(() -> new Thread(load)).limit(4).toList();
    senders.forEach(Thread::start);
    try {
      await().atMost(PATIENCE).until(() -> answers.contains(200));
      assertThat(make(before, version(1)).ending()).isEqualTo(Ending.CHANGED);
    } finally {
      over.set(true);
      for (Thread sender : senders) {
        sender.join();
      }
    }
    assertThat(answers).contains(200, 503).containsOnly(200, 503);
    assertThat(send("/mine").body()).isEqualTo("version1");
  }

  @Test
  void asksThemWhileNeitherRouteStartsAndNobodyElse() throws Exception {
    String other = http("other", "/mine/{id}/list", "other");
    RouteSet before = routes(http("a", "/mine/{id}", "one") + source("one") + other);
    make(new RouteSet(), before);
    sources.unfit.addAll(Set.of("one", "two"));
    RouteSet after = routes(http("a", "/mine/{id}", "two") + source("two") + other);
    assertThat(make(before, after).ending()).isEqualTo(Ending.BROKEN);
    assertThat(send("/mine/1").statusCode()).isEqualTo(503);
    assertThat(send("/mine/1/list").body()).isEqualTo("other");
    sources.unfit.clear();
    Plan broken = Plan.between(before, after, Set.of());
    assertThat(swap.restore(broken, PATIENCE, () -> false)).isNull();
    assertThat(send("/mine/1").body()).isEqualTo("one");
  }

  /** Its requests stay in it for a while. */
  private static RouteSet version(int version) {
    return routes(http("a", "/mine", "version" + version, "delay: {constant: 50}"));
  }

  private Outcome make(RouteSet from, RouteSet to) {
    return swap.make(Plan.between(from, to, Set.of()), PATIENCE, () -> false);
  }

  private HttpResponse<String> send(String path) {
    return sent(path).join();
  }

  private CompletableFuture<HttpResponse<String>> sent(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static RouteSet routes(String text) {
    return new RouteSet().users("file:/routes/mine.yaml", text);
  }

  /** As Wadi's own: it goes on while others stop. */
  private static String http(String id, String path, String answer, String... more) {
    StringBuilder steps = new StringBuilder();
    for (String step : more) {
      steps.append("        - ").append(step).append('\n');
    }
    return """
        - route:
            id: %s
            shutdownRoute: Defer
            from:
              uri: "platform-http:%s"
              steps:
        %s        - setBody: {constant: %s}
        """
        .formatted(id, path, steps, answer);
  }

  private static String source(String name) {
    return "- route: {id: source, from: {uri: 'fake:%s', steps: [{log: done}]}}\n".formatted(name);
  }
}
