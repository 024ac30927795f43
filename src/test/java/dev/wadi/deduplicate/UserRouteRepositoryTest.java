package dev.wadi.deduplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository in a user's own route, which has nothing to do with events. */
@Tag("unit")
class UserRouteRepositoryTest {

  @TempDir Path folder;
  private final CamelContext camel = new DefaultCamelContext();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private Processor inside = exchange -> {};
  private Ledger ledger;
  private RouteKeys keys;
  private WadiIdempotentRepository repository;

  @BeforeEach
  void open() {
    ledger = SegmentLedger.open(folder, OnDamage.REFUSE);
    keys = new LedgerRouteKeys(ledger);
    repository =
        new WadiIdempotentRepository(
            new CaffeineClaims(new LedgerInMemory(), 10),
            keys,
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    camel.stop();
    keys.close();
  }

  @Test
  void passesAKeyOnce() throws Exception {
    start("skipDuplicate: true");
    send("a");
    send("b");
    send("a");

    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void knowsItsKeysAfterARestart() throws Exception {
    start("skipDuplicate: true");
    send("a");
    keys.close();
    open();

    assertThat(repository.contains("a")).isTrue();
    assertThat(repository.add("a")).isFalse();
    assertThat(repository.add("b")).isTrue();
  }

  @Test
  void passesAKeyAgainThatFailed() throws Exception {
    start("skipDuplicate: true");
    inside = failWhen("fails");
    send("a", "fails");
    send("a", "works");

    assertThat(seen).containsExactly("works");
  }

  @Test
  void keepsAKeyThatFailedIfItIsToldTo() throws Exception {
    start("removeOnFailure: false");
    inside = failWhen("fails");
    send("a", "fails");
    send("a", "works");

    assertThat(seen).isEmpty();
  }

  @Test
  void aFailingDuplicateDoesNotRemoveTheOriginalsKey() throws Exception {
    start("skipDuplicate: false");
    send("a");
    inside = failWhen("fails");
    send("a", "fails");

    assertThat(repository.contains("a")).isTrue();
  }

  @Test
  void aDuplicateThatEndsFirstNeitherConfirmsNorRemovesWhatIsInFlight() throws Exception {
    start("skipDuplicate: false");
    inside =
        exchange -> {
          if ("original".equals(exchange.getMessage().getBody())) {
            send("a", "works");
            assertThat(repository.contains("a")).isTrue();
            send("a", "fails");
            assertThat(repository.contains("a")).isTrue();
          }
          failWhen("fails").process(exchange);
          failWhen("original").process(exchange);
        };
    send("a", "original");

    assertThat(repository.contains("a")).isFalse();
  }

  @Test
  void addsLateIfItIsNotEager() throws Exception {
    start("eager: false");
    inside = exchange -> assertThat(repository.contains("a")).isFalse();
    send("a");
    send("a");

    assertThat(seen).containsExactly("a");
    assertThat(repository.contains("a")).isTrue();
  }

  @Test
  void confirmsWhenTheExchangeIsHandedOnToAnotherThread() throws Exception {
    start("skipDuplicate: true");
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.fromString(
                "handed.yaml",
                """
                - from:
                    uri: direct:handed
                    steps:
                      - idempotentConsumer:
                          idempotentRepository: claims
                          simple: "${header.key}"
                          steps:
                            - to: seda:behind
                - from:
                    uri: seda:behind
                    steps:
                      - process: {ref: inside}
                      - process: {ref: seen}
                """));
    inside = failWhen("fails");
    sendTo("direct:handed", "a", "works");
    await().until(() -> ledger.count() == 1);
    sendTo("direct:handed", "b", "fails");
    await().until(() -> !repository.contains("b"));
  }

  @Test
  void partsOfASplitThatShareAKeyAreOneAndItsCopies() throws Exception {
    start("skipDuplicate: true");
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.fromString(
                "parts.yaml",
                """
                - from:
                    uri: direct:parts
                    steps:
                      - split:
                          tokenize: ","
                          shareUnitOfWork: true
                          steps:
                            - to: direct:once
                """));
    sendTo("direct:parts", "a", "1,2,3");

    assertThat(seen).containsExactly("1");
  }

  @Test
  void givesOneOfTwoThreadsTheKey() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Callable<Integer> adding =
        () -> {
          int added = 0;
          for (int i = 0; i < 1000; i++) {
            start.await();
            if (repository.add(new DefaultExchange(camel), "key " + i)) {
              added++;
            }
          }
          return added;
        };
    int added = 0;
    for (Future<Integer> one : threads.invokeAll(List.of(adding, adding))) {
      added += one.get();
    }
    threads.shutdown();
    assertThat(added).isEqualTo(1000);
  }

  @Test
  void servesWithoutAnExchangeAsEveryRepositoryDoes() {
    assertThat(repository.add("a")).isTrue();
    assertThat(repository.add("a")).isFalse();
    assertThat(repository.contains("a")).isTrue();
    assertThat(repository.confirm("a")).isTrue();
    assertThat(repository.confirm("a")).isFalse();
    assertThat(repository.add("a")).isFalse();
    assertThat(repository.remove("a")).isTrue();
    assertThat(repository.remove("a")).isFalse();
    assertThat(repository.contains("a")).isFalse();
    assertThat(repository.add("a")).isTrue();
    assertThat(repository.remove("a")).isTrue();
  }

  @Test
  void forgetsARemovedKeyForGood() {
    repository.confirm("a");
    repository.confirm("b");
    repository.remove("a");
    keys.close();
    open();

    assertThat(repository.contains("a")).isFalse();
    assertThat(repository.contains("b")).isTrue();
  }

  @Test
  void forgetsAllKeysWhenCleared() {
    repository.confirm("a");
    repository.add("b");
    repository.clear();

    assertThat(repository.contains("a")).isFalse();
    assertThat(repository.contains("b")).isFalse();
    assertThat(repository.confirm("a")).isTrue();
  }

  private void start(String option) throws Exception {
    camel.getRegistry().bind("claims", repository);
    camel.getRegistry().bind("inside", (Processor) exchange -> inside.process(exchange));
    camel
        .getRegistry()
        .bind(
            "seen", (Processor) exchange -> seen.add(exchange.getMessage().getBody(String.class)));
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.fromString(
                "once.yaml",
                """
                - from:
                    uri: direct:once
                    steps:
                      - idempotentConsumer:
                          idempotentRepository: claims
                          OPTION
                          simple: "${header.key}"
                          steps:
                            - process: {ref: inside}
                            - process: {ref: seen}
                """
                    .replace("OPTION", option)));
    camel.start();
  }

  private Exchange send(String key) {
    return send(key, key);
  }

  private Exchange send(String key, String body) {
    return sendTo("direct:once", key, body);
  }

  private Exchange sendTo(String route, String key, String body) {
    return camel
        .createProducerTemplate()
        .send(
            route,
            exchange -> {
              exchange.getMessage().setHeader("key", key);
              exchange.getMessage().setBody(body);
            });
  }

  private static Processor failWhen(String body) {
    return exchange -> {
      if (body.equals(exchange.getMessage().getBody())) {
        throw new ArithmeticException(body);
      }
    };
  }
}
