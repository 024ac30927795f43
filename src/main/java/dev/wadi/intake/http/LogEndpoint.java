package dev.wadi.intake.http;

import dev.wadi.intake.DispatchEndpoint;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;

/**
 * The intake log. Written to, it takes a {@link Posted}, or the bytes of one event, and the
 * exchange ends when that is durable. Read from, it gives batches: the exchange has the batch as
 * its body and as the property {@code WadiBatch}.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-http-log",
    title = "Wadi HTTP log",
    syntax = "wadi-http-log:name",
    category = {Category.HTTP})
public final class LogEndpoint extends DispatchEndpoint {

  /** How many batches the route works on at a time. */
  private static final int THREADS = 4;

  @UriPath(description = "The source's name behind http:, in manifests and metrics")
  @Metadata(required = true)
  private final String name;

  LogEndpoint(String uri, LogComponent component, String name) {
    super(uri, component, 0);
    this.name = name;
  }

  @Override
  public Producer createProducer() {
    return new LogProducer(this, component().bean(IntakeLog.class));
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    LogConsumer consumer = new LogConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  LogComponent component() {
    return (LogComponent) getComponent();
  }

  IsolationRules rules() {
    return isolation();
  }

  DispatchSettings settings() {
    return dispatch("http:" + name, THREADS);
  }
}
