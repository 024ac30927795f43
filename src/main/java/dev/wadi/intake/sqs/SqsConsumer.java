package dev.wadi.intake.sqs;

import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import java.time.Clock;
import org.apache.camel.Processor;

/** A queue as the beginning of a route. */
final class SqsConsumer extends SourceConsumer {

  private final SqsEndpoint endpoint;
  private final SqsSettings settings;
  private SqsSource source;

  SqsConsumer(SqsEndpoint endpoint, Processor processor, SqsSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    SqsComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SqsQueue queue = SqsQueue.find(endpoint.client(), settings.queue());
    RedriveCheck.log(queue, settings.isolation());
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    source = new SqsSource(settings, queue, parts, component.originalBytes(), SqsSource.PAUSES);
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
