package dev.wadi.intake.kinesis;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * What stands for one process that reads a stream: a Camel context, clients and landing of its own.
 */
final class StreamReader implements AutoCloseable {

  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final Cable cable;
  private final StreamClients clients;
  private final LandingInMemory landing;
  private final CamelContext camel = new DefaultCamelContext();

  /** What readers of one stream share. */
  record Shared(
      URI endpoint,
      TestStream stream,
      LinesInMemory lines,
      CopyOnWriteArrayList<LandingInMemory.Landed> lake) {}

  private StreamReader(Shared shared, Predicate<Batch> fails) throws IOException {
    cable = new Cable(shared.endpoint());
    clients = TestStream.clients(cable.endpoint());
    landing = new LandingInMemory(shared.lines(), shared.lake(), fails);
    camel.getShutdownStrategy().setTimeout(20);
    camel.getRegistry().bind("kinesis", KinesisAsyncClient.class, clients.kinesis());
    camel.getRegistry().bind("dynamoDb", DynamoDbAsyncClient.class, clients.dynamoDb());
    camel.getRegistry().bind("lines", Lines.class, shared.lines());
    camel.getRegistry().bind("claims", Claims.class, new ReleasedClaims());
    camel.getRegistry().bind("metrics", Metrics.class, metrics);
    camel.getRegistry().bind("clock", Clock.class, Clock.systemUTC());
  }

  /** Starts to read, with small batches and short leases. */
  static StreamReader start(Shared shared, Predicate<Batch> fails) throws Exception {
    StreamReader reader = new StreamReader(shared, fails);
    reader.camel.addRoutes(reader.route(shared.stream().name()));
    reader.camel.start();
    return reader;
  }

  /** As SIGKILL would: no lease is given up, nothing more lands, nobody is told. */
  void kill() {
    landing.close();
    cable.cut();
  }

  /** As SIGSTOP would: it holds what it has, and neither asks nor answers. */
  void freeze() {
    landing.hold(true);
    cable.cut();
  }

  void thaw() {
    cable.mend();
    landing.hold(false);
  }

  CamelContext camel() {
    return camel;
  }

  @Override
  public void close() throws IOException {
    camel.stop();
    landing.close();
    clients.close();
    cable.close();
  }

  private RouteBuilder route(String stream) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from("wadi-kinesis:"
                + stream
                + "?application="
                + stream
                + "&quick=true&maxEvents=20&maxWait=100ms&retryDelay=50ms&stopTimeout=5s"
                + "&shardPermits=3&permits=8")
            .routeId("intake-kinesis")
            .process(new Land());
      }
    };
  }

  private final class Land extends AsyncProcessorSupport {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      landing.process(
          exchange.getMessage().getBody(Batch.class),
          failure -> {
            if (failure != null) {
              exchange.setException(failure);
            }
            callback.done(false);
          });
      return false;
    }
  }
}
