package dev.wadi.land.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SetupException;
import dev.wadi.lake.LakeFixture;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that begin with wadi-landed, as users write them. */
@Tag("unit")
class LandedRouteTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String URI = "wadi-landed:out?poll=10ms&retryDelay=10ms&maxRows=10";

  @TempDir Path data;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private LakeFixture lake;

  @BeforeEach
  void makeLake() {
    lake = new LakeFixture(data);
    lake.commit(1).event("a", "1").event("b", "1").event("c", "1").write();
    FolderLakeStore store = new FolderLakeStore(data.resolve("lake"));
    camel
        .getRegistry()
        .bind(
            "wadi-landed",
            new LandedComponent(
                FeedRun.lake(store, data, "test", false, Clock.systemUTC()),
                new Metrics(new SimpleMeterRegistry(), Clock.systemUTC())));
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void givesABatchThatCanBeSplitAndWrittenAsJson() throws Exception {
    start(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(URI)
                .split(body())
                .marshal()
                .json()
                .process(e -> received.add(e.getMessage().getBody(String.class)));
          }
        });
    await().atMost(PATIENCE).until(() -> received.size() == 3);
    assertThat(received)
        .allSatisfy(json -> assertThat(json).startsWith("{\"event_key\":\""))
        .anySatisfy(json -> assertThat(json).contains("\"event_id\":\"id-a\""));
  }

  @Test
  void tellsTheCommitTheTableAndTheAttemptInHeaders() throws Exception {
    start(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(URI)
                .process(
                    e ->
                        received.add(
                            "%s %s %s %s"
                                .formatted(
                                    told(e, "WadiFeed"),
                                    told(e, "WadiTable"),
                                    told(e, "WadiCommitId"),
                                    told(e, "WadiAttempt"))));
          }
        });
    await().atMost(PATIENCE).until(() -> !received.isEmpty());
    assertThat(received).containsExactly("out events " + LakeFixture.id(1) + " 1");
  }

  @Test
  void handsAllRowsOfABatchOnAgainWhenOneOfASplitFails() throws Exception {
    AtomicBoolean out = new AtomicBoolean(true);
    start(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from(URI)
                .split(body())
                .process(
                    e -> {
                      Map<?, ?> row = e.getMessage().getBody(Map.class);
                      if (row.remove("event_id").equals("id-b") && out.getAndSet(false)) {
                        throw new IllegalStateException("the second one fails once");
                      }
                      received.add(row.get("source_position").toString());
                    });
          }
        });
    await().atMost(PATIENCE).until(() -> received.size() >= 4);
    FeedStatus status = camel.getRegistry().findByType(FeedStatus.class).iterator().next();
    await().atMost(PATIENCE).until(() -> status.looks() > 0);
    // that the route takes a column away from its rows is not seen by the next attempt
    assertThat(received).contains("sqs:events m0#0", "sqs:events m1#0", "sqs:events m2#0");
  }

  @Test
  void takesAMarkForRollbackForAFailure() throws Exception {
    AtomicBoolean out = new AtomicBoolean(true);
    start(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(URI)
                .process(
                    e -> {
                      if (out.getAndSet(false)) {
                        e.setRollbackOnly(true);
                      } else {
                        received.add("taken " + told(e, "WadiAttempt"));
                      }
                    });
          }
        });
    await().atMost(PATIENCE).until(() -> !received.isEmpty());
    assertThat(received).containsExactly("taken 2");
  }

  @Test
  void goesOnWhenItsRouteIsStoppedAndStartedAgain() throws Exception {
    start(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(URI).routeId("out").process(e -> received.add(told(e, "WadiCommitId")));
          }
        });
    await().atMost(PATIENCE).until(() -> received.size() == 1);
    camel.getRouteController().stopRoute("out");
    assertThat(camel.getRegistry().findByType(FeedStatus.class)).isEmpty();
    lake.commit(2).event("d", "1").write();
    camel.getRouteController().startRoute("out");
    await().atMost(PATIENCE).until(() -> received.size() == 2);
    assertThat(received).containsExactly(LakeFixture.id(1), LakeFixture.id(2));
  }

  @Test
  void refusesASecondRouteOfTheSameFeed() {
    assertThatThrownBy(
            () ->
                start(
                    new RouteBuilder() {
                      @Override
                      public void configure() {
                        from(URI).to("log:one");
                        from("wadi-landed:out").to("log:two");
                      }
                    }))
        .hasStackTraceContaining("two routes begin with wadi-landed:out");
  }

  @Test
  void refusesOptionsThatAreNone() {
    assertRefused("wadi-landed:a/b", "needs a name");
    assertRefused("wadi-landed:out?table=reports", "has the table 'reports'");
    assertRefused("wadi-landed:out?from=yesterday", "must be beginning or now");
    assertRefused("wadi-landed:out?maxRows=0", "of 1 at least");
    assertThatThrownBy(() -> camel.getEndpoint(URI).createProducer())
        .isInstanceOf(SetupException.class);
  }

  private void assertRefused(String uri, String why) {
    assertThatThrownBy(() -> camel.getEndpoint(uri).createConsumer(exchange -> {}))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(why);
  }

  private void start(RouteBuilder routes) throws Exception {
    camel.addRoutes(routes);
    camel.start();
  }

  private static String told(Exchange exchange, String name) {
    return exchange.getMessage().getHeader(name, String.class);
  }
}
