package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Account;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SetupException;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What users' routes do to a batch, and what becomes of its messages. */
@Tag("integration")
class SqsConsumerTest {

  private static final String QUICK =
      "&maxWait=100ms&receiveWait=1s&redeliveryDelay=0s&receivers=1";

  @TempDir static Path folder;
  private static EmbeddedQueue server;
  private static SqsClient client;

  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private CamelContext camel;
  private TestQueue queue;

  @BeforeAll
  static void open() {
    server = EmbeddedQueue.open(folder.resolve("queue.sqlite"), 0, List.of(), () -> {});
    client = TestQueue.client(server.endpoint());
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  @BeforeEach
  void makeAQueue(TestInfo test) {
    queue = new TestQueue(client, test.getTestMethod().orElseThrow().getName());
    camel = new DefaultCamelContext();
    camel.getShutdownStrategy().setTimeout(20);
    camel.getRegistry().bind("sqsClient", SqsClient.class, client);
    camel.getRegistry().bind("deliveries", Deliveries.class, (Deliveries) (source, id) -> false);
    camel.getRegistry().bind("claims", Claims.class, new ReleasedClaims());
    camel.getRegistry().bind("metrics", Metrics.class, metrics);
    camel.getRegistry().bind("clock", Clock.class, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void carriesTheBatchAsBodyAndAsProperty() throws Exception {
    queue.send("[{\"a\":1},{\"a\":2}]");
    BlockingQueue<Exchange> seen = new LinkedBlockingQueue<>();
    start(
        "&maxEvents=2",
        exchange -> {
          seen.add(exchange.copy());
          commit(exchange.getProperty(ExchangeProperty.BATCH, Batch.class));
        });

    Exchange exchange = seen.poll(20, TimeUnit.SECONDS);
    assertThat(exchange.getMessage().getBody(Batch.class)).hasSize(2);
    assertThat(exchange.getProperty(ExchangeProperty.BATCH))
        .isSameAs(exchange.getMessage().getBody());
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
    await().until(() -> queue.size() == 0);
  }

  /** The stock consumer deletes by a header that a route can overwrite or strip. */
  @Test
  void deletesTheRightMessagesWhateverTheRouteDoesToTheExchange() throws Exception {
    queue.sendEvents(3);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("wadi-sqs:" + queue.name() + "?maxEvents=3" + QUICK)
                .process(exchange -> commit(exchange.getMessage().getBody(Batch.class)))
                .removeHeaders("*")
                .setHeader("CamelAwsSqsReceiptHandle", constant("forged"))
                .removeProperty(ExchangeProperty.BATCH)
                .setBody(constant("something else"));
          }
        });
    camel.start();

    await().until(() -> queue.size() == 0);
  }

  @Test
  void losesNothingThatAFilterInTheRouteDrops() throws Exception {
    assertComesAgain(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("wadi-sqs:losesNothingThatAFilterInTheRouteDrops?maxEvents=1" + QUICK)
                .filter(exchange -> turn(exchange) > 1)
                .process(exchange -> commit(exchange.getMessage().getBody(Batch.class)));
          }
        });
  }

  @Test
  void losesNothingThatARouteStopsOn() throws Exception {
    assertComesAgain(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("wadi-sqs:losesNothingThatARouteStopsOn?maxEvents=1" + QUICK)
                .choice()
                .when(exchange -> turn(exchange) == 1)
                .stop()
                .end()
                .process(exchange -> commit(exchange.getMessage().getBody(Batch.class)));
          }
        });
  }

  @Test
  void losesNothingWhoseExceptionARouteHandles() throws Exception {
    assertComesAgain(
        new RouteBuilder() {
          @Override
          public void configure() {
            onException(IllegalStateException.class).handled(true);
            from("wadi-sqs:losesNothingWhoseExceptionARouteHandles?maxEvents=1" + QUICK)
                .process(
                    exchange -> {
                      if (turn(exchange) == 1) {
                        throw new IllegalStateException("the store is down");
                      }
                      commit(exchange.getMessage().getBody(Batch.class));
                    });
          }
        });
  }

  @Test
  void handsOverTheNextBatchesWhileEarlierOnesAreParked() throws Exception {
    queue.sendEvents(6);
    BlockingQueue<Runnable> parked = new LinkedBlockingQueue<>();
    startParking("&maxEvents=1", parked);

    // one receiver and one routing thread carry them all
    await().until(() -> parked.size() == 6);
    assertThat(queue.hidden()).isEqualTo(6);
    parked.forEach(Runnable::run);

    await().until(() -> queue.size() == 0);
  }

  @Test
  void stopsReceivingWhenItsRouteIsSuspendedAndEndsWhatIsOnItsWay() throws Exception {
    queue.sendEvents(1);
    BlockingQueue<Runnable> parked = new LinkedBlockingQueue<>();
    startParking("&maxEvents=1", parked);
    await().until(() -> parked.size() == 1);

    ServiceHelper.suspendService(camel.getRoute("test").getConsumer());
    queue.sendEvents(2);
    parked.take().run();
    await().until(() -> queue.size() == 2);
    assertThat(metrics.inFlight()).isZero();
    assertThat(parked).isEmpty();

    ServiceHelper.resumeService(camel.getRoute("test").getConsumer());
    await().until(() -> parked.size() == 2);
    parked.forEach(Runnable::run);
    await().until(() -> queue.size() == 0);
  }

  @Test
  void hasItsStatusInTheRegistry() throws Exception {
    start("", exchange -> {});

    SourceStatus status = camel.getRegistry().findByType(SourceStatus.class).iterator().next();
    assertThat(status.source()).isEqualTo("sqs:" + queue.name());
    await().until(() -> status.lastSuccess().isPresent());
  }

  @Test
  void startsAgainAfterItsRouteWasStopped() throws Exception {
    start("&maxEvents=1", exchange -> commit(exchange.getMessage().getBody(Batch.class)));
    camel.getRouteController().stopRoute("test");
    queue.sendEvents(2);
    camel.getRouteController().startRoute("test");

    await().until(() -> queue.size() == 0);
    assertThat(camel.getRegistry().findByType(SourceStatus.class)).hasSize(1);
  }

  @Test
  void saysWhichQueueIsMissing() {
    assertThatThrownBy(
            () -> {
              addRoute("wadi-sqs:nowhere", exchange -> {});
              camel.start();
            })
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("there is no queue nowhere: create it");
  }

  @Test
  void saysWhichBeanIsMissing() {
    camel.getRegistry().unbind("deliveries");
    assertThatThrownBy(() -> start("", exchange -> {}))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("dev.wadi.event.Deliveries");
  }

  @Test
  void refusesSettingsThatCannotWork() {
    for (String wrong :
        List.of(
            "maxEvents=0",
            "receivers=0",
            "visibility=13h",
            "visibility=500ms",
            "permits=0",
            "redeliveryDelay=13h",
            "receiveWait=30s")) {
      assertThatThrownBy(() -> camel.getEndpoint("wadi-sqs:a?" + wrong).createConsumer(e -> {}))
          .as(wrong)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining(wrong.split("=")[0]);
    }
    assertThatThrownBy(() -> camel.getEndpoint("wadi-sqs:a?maxEvnts=3"))
        .hasMessageContaining("maxEvnts");
    assertThatThrownBy(() -> camel.getEndpoint("wadi-sqs:a").createProducer())
        .isInstanceOf(SetupException.class);
  }

  private void assertComesAgain(RouteBuilder route) throws Exception {
    queue.sendEvents(1);
    camel.addRoutes(route);
    camel.start();

    await().until(() -> queue.size() == 0);
    assertThat(metrics.registry().get("wadi.batches.held").counter().count()).isEqualTo(1);
    assertThat(metrics.total(Metrics.Term.RECEIVED)).isEqualTo(1);
    assertThat(metrics.total(Metrics.Term.RETURNED)).isZero();
  }

  private void start(String parameters, org.apache.camel.Processor processor) throws Exception {
    addRoute("wadi-sqs:" + queue.name() + "?" + QUICK.substring(1) + parameters, processor);
    camel.start();
  }

  /** As the pipeline does: exchanges wait without a thread until their commit stands. */
  private void startParking(String parameters, BlockingQueue<Runnable> parked) throws Exception {
    start(
        parameters,
        new AsyncProcessorSupport() {
          @Override
          public boolean process(Exchange exchange, AsyncCallback callback) {
            parked.add(
                () -> {
                  commit(exchange.getMessage().getBody(Batch.class));
                  callback.done(false);
                });
            return false;
          }
        });
  }

  private void addRoute(String uri, org.apache.camel.Processor processor) throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("test").process(processor);
          }
        });
  }

  private static long turn(Exchange exchange) {
    return exchange.getMessage().getBody(Batch.class).sequence();
  }

  private static void commit(Batch batch) {
    Account account = batch.account();
    batch.forEach(record -> account.put(record, new Outcome.Filtered("test")));
    account.close();
  }
}
