package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RejectStepTest {

  private final SourceRecord record = Rejections.record("m1#0", "{}");
  private DefaultCamelContext camel;
  private Rejected rejected;

  @BeforeEach
  void start() {
    camel = new DefaultCamelContext();
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void namesTheNodeThatFailed() throws Exception {
    routes(
        new RouteBuilder() {
          @Override
          public void configure() {
            rejectFailures(this, true);
            from("direct:in")
                .routeId("intake")
                .split(body())
                .shareUnitOfWork()
                .process(RejectStepTest.this::prepare)
                .choice()
                .when(constant(true))
                .process(RejectStepTest::fail)
                .id("my-enrich");
          }
        });
    camel.createProducerTemplate().sendBody("direct:in", List.of(record));
    assertThat(rejected)
        .isEqualTo(
            new Rejected(
                record,
                "cdevents",
                "my-enrich",
                "step_failed",
                null,
                "java.lang.IllegalArgumentException: no such team; caused by"
                    + " java.lang.ArithmeticException: two lines"));
  }

  @Test
  void namesTheRouteWhereNobodyNotedTheNode() throws Exception {
    routes(
        new RouteBuilder() {
          @Override
          public void configure() {
            rejectFailures(this, false);
            from("direct:in")
                .routeId("intake")
                .process(RejectStepTest.this::prepare)
                .process(RejectStepTest::fail);
          }
        });
    camel.createProducerTemplate().sendBody("direct:in", record);
    assertThat(rejected.stage()).isEqualTo("intake");
  }

  @Test
  void namesTheNodeThatFailedLastWhenAnotherWasMendedByTryingAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    routes(
        new RouteBuilder() {
          @Override
          public void configure() {
            onException(java.io.IOException.class)
                .onExceptionOccurred(new FailedNodeStep())
                .redeliveryDelay(0)
                .maximumRedeliveries(2);
            rejectFailures(this, false);
            from("direct:in")
                .routeId("intake")
                .process(RejectStepTest.this::prepare)
                .process(
                    exchange -> {
                      if (attempts.incrementAndGet() == 1) {
                        throw new java.io.IOException("once");
                      }
                    })
                .id("mended")
                .process(RejectStepTest::fail)
                .id("broken");
          }
        });
    camel.createProducerTemplate().sendBody("direct:in", record);
    assertThat(attempts).hasValue(2);
    assertThat(rejected.stage()).isEqualTo("intake");
  }

  @Test
  void saysThatItStandsInTheWrongPlace() throws Exception {
    routes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in").process(new RejectStep());
          }
        });
    assertThatThrownBy(() -> camel.createProducerTemplate().sendBody("direct:in", record))
        .hasRootCauseMessage("no step has failed over a record");
  }

  private void routes(RouteBuilder routes) throws Exception {
    camel.addRoutes(routes);
  }

  private void rejectFailures(RouteBuilder routes, boolean notingTheNode) {
    var failures = routes.onException(IllegalArgumentException.class).handled(true);
    if (notingTheNode) {
      failures.onExceptionOccurred(new FailedNodeStep());
    }
    failures
        .process(new RejectStep())
        .id("pipeline-reject")
        .process(
            exchange -> rejected = exchange.getProperty(ExchangeProperty.REJECTED, Rejected.class));
  }

  private void prepare(Exchange exchange) {
    exchange.setProperty(ExchangeProperty.RECORD, record);
    exchange.setProperty(
        ExchangeProperty.EVENT,
        new Event(
            record,
            "cdevents",
            EventKey.of("test", "1"),
            1,
            "1",
            "change",
            null,
            null,
            Instant.EPOCH,
            Map.of(),
            null));
  }

  private static void fail(Exchange exchange) {
    throw new IllegalArgumentException("no such team", new ArithmeticException("two\n  lines"));
  }
}
