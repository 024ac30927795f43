package dev.wadi.intake.sqs;

import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import java.time.Clock;
import org.apache.camel.Processor;

/** A queue as the beginning of a route. */
final class SqsConsumer extends SourceConsumer {

  private final SqsEndpoint endpoint;
  private final SqsSettings settings;

  SqsConsumer(SqsEndpoint endpoint, Processor processor, SqsSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected Source open() {
    SqsComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    SqsQueue queue = SqsQueue.find(endpoint.client(), settings.queue());
    RedriveCheck.log(queue, settings.isolation());
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    return new SqsSource(settings, queue, parts, component.originalBytes(), SqsSource.PAUSES);
  }
}
