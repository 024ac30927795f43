package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.Outcome;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The route file as it is shipped. */
@Tag("integration")
class IntakeRouteTest {

  private static final String FILE = "classpath:routes/20-intake-sqs.camel.yaml";

  @TempDir Path folder;

  @Test
  void bringsTheQueuesEventsToThePipeline() throws Exception {
    BlockingQueue<Exchange> piped = new LinkedBlockingQueue<>();
    try (EmbeddedQueue server =
            EmbeddedQueue.open(folder.resolve("q"), 0, List.of("events"), () -> {});
        SqsClient client = TestQueue.client(server.endpoint())) {
      CamelContext camel = camel(client, piped);
      camel.start();
      TestQueue queue = new TestQueue(client, "events");
      queue.sendEvents(3);

      int events = 0;
      while (events < 3) {
        Exchange exchange = piped.poll(30, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        assertThat(exchange.getFromRouteId()).isEqualTo("intake-sqs");
        events += exchange.getMessage().getBody(Batch.class).size();
      }
      camel.stop();
      assertThat(queue.size()).isZero();
    }
  }

  private static CamelContext camel(SqsClient client, BlockingQueue<Exchange> piped)
      throws Exception {
    CamelContext camel = new DefaultCamelContext();
    camel.getRegistry().bind("sqsClient", SqsClient.class, client);
    camel.getRegistry().bind("deliveries", Deliveries.class, (Deliveries) (source, id) -> false);
    camel.getRegistry().bind("claims", Claims.class, new ReleasedClaims());
    camel.getRegistry().bind("metrics", new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()));
    camel.getRegistry().bind("clock", Clock.class, Clock.systemUTC());
    camel.getPropertiesComponent().setInitialProperties(settings());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource(FILE));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:isolated").throwException(new IllegalStateException("not isolated"));
            from("direct:pipeline")
                .process(
                    exchange -> {
                      Batch batch = exchange.getMessage().getBody(Batch.class);
                      batch.forEach(
                          record -> batch.account().put(record, new Outcome.Filtered("test")));
                      batch.account().close();
                      piped.add(exchange.copy());
                    });
          }
        });
    return camel;
  }

  private static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("wadi.intake.queue", "events");
    settings.setProperty("wadi.intake.max-events", "2000");
    settings.setProperty("wadi.intake.max-wait", "200ms");
    settings.setProperty("wadi.intake.receivers", "2");
    settings.setProperty("wadi.intake.visibility", "30s");
    settings.setProperty("wadi.intake.batch-permits", "32");
    settings.setProperty("wadi.intake.redelivery-delay", "5s");
    settings.setProperty("wadi.intake.max-bytes", "1048576");
    settings.setProperty("wadi.intake.isolate-after", "3");
    settings.setProperty("wadi.intake.isolate-receives", "5");
    settings.setProperty("wadi.intake.max-receives", "10");
    settings.setProperty("wadi.shutdown.timeout", "30s");
    return settings;
  }
}
