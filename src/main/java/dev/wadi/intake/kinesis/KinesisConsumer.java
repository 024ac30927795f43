package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.util.UUID;
import org.apache.camel.Processor;

/** A stream as the beginning of a route. */
final class KinesisConsumer extends SourceConsumer {

  private final KinesisEndpoint endpoint;
  private final StreamSettings settings;

  KinesisConsumer(KinesisEndpoint endpoint, Processor processor, StreamSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected Source open() {
    KinesisComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SourceStatus status = status(settings.source(), clock);
    String worker = endpoint.worker() == null ? UUID.randomUUID().toString() : endpoint.worker();
    return new StreamSource(
        settings,
        endpoint.clients(),
        worker,
        new StreamSource.Parts(
            this,
            component.bean(Lines.class),
            component.bean(Claims.class),
            component.bean(Metrics.class),
            status,
            component::nextSequence,
            clock));
  }
}
