package dev.wadi.intake.kinesis;

import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
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
  private StreamSource source;

  KinesisConsumer(KinesisEndpoint endpoint, Processor processor, StreamSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    KinesisComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SourceStatus status = status(settings.source(), clock);
    String worker = endpoint.worker() == null ? UUID.randomUUID().toString() : endpoint.worker();
    source =
        new StreamSource(
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
