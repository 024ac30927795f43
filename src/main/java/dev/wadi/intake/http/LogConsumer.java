package dev.wadi.intake.http;

import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.Source;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import java.time.Clock;
import org.apache.camel.Processor;

/** The intake log as the beginning of a route. */
final class LogConsumer extends SourceConsumer {

  private final LogEndpoint endpoint;

  LogConsumer(LogEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected Source open() {
    LogComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    DispatchSettings settings = endpoint.settings();
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    IntakeLog log = component.bean(IntakeLog.class);
    return new LogSource(log, settings, endpoint.rules(), parts, LogSource.PAUSES);
  }
}
