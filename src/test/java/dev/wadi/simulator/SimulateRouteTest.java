package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The route file as it ships, with a list in the queue's place. */
@Tag("unit")
class SimulateRouteTest {

  private static final int EVENTS = 60;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final SimulateStep step =
      new SimulateStep(
          new Simulator(SimulatorOptions.live(1, FaultRates.NONE), Simulations.CLOCK),
          Rate.perTick(20),
          EVENTS,
          SimulateStep.MOST_SINGLES);
  private final List<String> queue = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void sendsEveryEventToTheQueue() throws Exception {
    start(exchange -> queue.add(exchange.getMessage().getBody(String.class)));
    await().until(step::done);
    assertThat(queue).hasSize(EVENTS).doesNotHaveDuplicates();
  }

  @Test
  void losesNoEventWhileTheQueueFails() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    start(
        exchange -> {
          if (calls.incrementAndGet() % 7 < 3) {
            throw new IllegalStateException("the queue is away");
          }
          queue.add(exchange.getMessage().getBody(String.class));
        });
    await().until(step::done);
    assertThat(queue).hasSize(EVENTS).doesNotHaveDuplicates();
    assertThat(queue).allSatisfy(body -> assertThat(body).startsWith("{\"context\""));
  }

  @Test
  void sendsEachEventToTheStreamByTheSubjectThatItTellsOf() throws Exception {
    camel.getRegistry().bind("partitionKey", new PartitionKey(Scenario.CDEVENTS));
    Map<String, String> keys = new ConcurrentHashMap<>();
    start(
        "simulate-kinesis",
        "simulate-kinesis-to-stream",
        exchange ->
            keys.put(
                exchange.getMessage().getBody(String.class),
                exchange.getMessage().getHeader(Kinesis2Constants.PARTITION_KEY, String.class)));
    await().until(step::done);
    assertThat(keys).hasSize(EVENTS);
    keys.forEach((event, key) -> assertThat(event).contains("\"subject\":{\"id\":\"" + key));
  }

  private interface Send {
    void send(Exchange exchange);
  }

  private void start(Send send) throws Exception {
    start("simulate", "simulate-to-queue", send);
  }

  private void start(String routeId, String to, Send send) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("wadi.simulator.tick", "10ms");
    settings.setProperty("wadi.intake.queue", "events");
    settings.setProperty("wadi.intake.stream", "events");
    camel.getPropertiesComponent().setInitialProperties(settings);
    camel.getRegistry().bind("simulate", step);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            PluginHelper.getResourceLoader(camel)
                .resolveResource(
                    "classpath:routes/"
                        + (routeId.equals("simulate") ? "10-" : "11-")
                        + routeId
                        + ".camel.yaml"));
    AdviceWith.adviceWith(
        camel, routeId, route -> route.weaveById(to).replace().process(send::send));
    camel.start();
  }
}
