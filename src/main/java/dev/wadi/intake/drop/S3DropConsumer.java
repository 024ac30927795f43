package dev.wadi.intake.drop;

import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.sqs.HeldQueue;
import java.time.Clock;
import org.apache.camel.Processor;

/** Dropped objects as the beginning of a route. */
final class S3DropConsumer extends SourceConsumer {

  private final S3DropEndpoint endpoint;
  private final DropSettings settings;

  S3DropConsumer(S3DropEndpoint endpoint, Processor processor, DropSettings settings) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.settings = settings;
  }

  @Override
  protected Source open() {
    S3DropComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    HeldQueue queue = endpoint.queue(clock);
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    return new DropSource(settings, queue, endpoint.s3(), parts, DropSource.PAUSES);
  }
}
