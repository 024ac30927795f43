package dev.wadi.intake.http;

import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.SourceConsumer;
import dev.wadi.intake.SourceParts;
import java.time.Clock;
import org.apache.camel.Processor;

/** The intake log as the beginning of a route. */
final class LogConsumer extends SourceConsumer {

  private final LogEndpoint endpoint;
  private LogSource source;

  LogConsumer(LogEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    LogComponent component = endpoint.component();
    Clock clock = component.bean(Clock.class);
    DispatchSettings settings = endpoint.settings();
    SourceParts parts = parts(component, status(settings.source(), clock), clock);
    IntakeLog log = component.bean(IntakeLog.class);
    source = new LogSource(log, settings, endpoint.rules(), parts, LogSource.PAUSES);
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
