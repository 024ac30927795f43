package dev.wadi.intake;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each batch. Its source's {@link SourceStatus} is in the registry under
 * {@code wadi-source-status-<source>} from the start on.
 */
final class SqsConsumer extends DefaultConsumer implements Suspendable, BatchRoute {

  private final SqsEndpoint endpoint;
  private final SqsSettings settings;
  private SqsSource source;

  SqsConsumer(SqsEndpoint endpoint, Processor processor, SqsSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  public String id() {
    return getRouteId();
  }

  /**
   * The pipeline parks exchanges until their commit stands, so this returns long before the end.
   */
  @Override
  public void process(Batch batch, java.util.function.Consumer<Throwable> ended) {
    Exchange exchange = createExchange(false);
    exchange.setProperty(ExchangeProperty.BATCH, batch);
    exchange.getMessage().setBody(batch);
    getAsyncProcessor()
        .process(
            exchange,
            synchronously -> {
              Exception failure = exchange.getException();
              releaseExchange(exchange, false);
              ended.accept(failure);
            });
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    SqsComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SourceStatus status = new SourceStatus(settings.source(), clock);
    SqsQueue queue = SqsQueue.find(endpoint.client(), settings.queue());
    RedriveCheck.log(queue, settings.isolation());
    source =
        new SqsSource(
            settings,
            queue,
            this,
            component.bean(Deliveries.class),
            component.bean(Claims.class),
            component.originalBytes(),
            component.bean(Metrics.class),
            status,
            component::nextSequence,
            SqsSource.PAUSES,
            clock);
    endpoint
        .getCamelContext()
        .getRegistry()
        .bind("wadi-source-status-" + settings.source(), SourceStatus.class, status);
    source.start();
  }

  @Override
  protected void doSuspend() {
    source.pause();
  }

  @Override
  protected void doResume() {
    source.resume();
  }

  @Override
  protected void doStop() throws Exception {
    if (source != null) {
      source.stop();
    }
    super.doStop();
  }
}
