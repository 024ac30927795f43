package dev.wadi.intake.http;

import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

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
public final class LogEndpoint extends DefaultEndpoint {

  /** How many batches the route works on at a time. */
  private static final int THREADS = 4;

  @UriPath(description = "The source's name behind http:, in manifests and metrics")
  @Metadata(required = true)
  private final String name;

  @UriParam(defaultValue = "2000", description = "The most events in a batch")
  private int maxEvents = 2000;

  @UriParam(defaultValue = "1s", description = "How long a batch gathers from its first frame")
  private Duration maxWait = Duration.ofSeconds(1);

  @UriParam(defaultValue = "32", description = "The most batches on their way at a time")
  private int permits = 32;

  @UriParam(defaultValue = "134217728", description = "The most bytes of events to hold")
  private long maxBytes = 128L * 1024 * 1024;

  @UriParam(
      defaultValue = "0",
      description = "A frame that fails alone so often becomes dead letters; 0: never")
  private int isolateAfter;

  @UriParam(
      defaultValue = "0",
      description =
          "From the so-manieth unclean start on, what was left travels alone, since it may be what"
              + " ends the process; 0: never")
  private int isolateReceives;

  @UriParam(
      defaultValue = "0",
      description = "A frame that has ended the process more often becomes dead letters; 0: never")
  private int maxReceives;

  @UriParam(defaultValue = "30s", description = "How long a stop waits for batches to end")
  private Duration stopTimeout = Duration.ofSeconds(30);

  LogEndpoint(String uri, LogComponent component, String name) {
    super(uri, component);
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

  public void setMaxEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  public void setMaxWait(Duration maxWait) {
    this.maxWait = maxWait;
  }

  public void setPermits(int permits) {
    this.permits = permits;
  }

  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public void setIsolateAfter(int isolateAfter) {
    this.isolateAfter = isolateAfter;
  }

  public void setIsolateReceives(int isolateReceives) {
    this.isolateReceives = isolateReceives;
  }

  public void setMaxReceives(int maxReceives) {
    this.maxReceives = maxReceives;
  }

  public void setStopTimeout(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
  }

  LogComponent component() {
    return (LogComponent) getComponent();
  }

  IsolationRules rules() {
    return new IsolationRules(isolateAfter, isolateReceives, maxReceives);
  }

  DispatchSettings settings() {
    return new DispatchSettings(
        "http:" + name, maxEvents, maxWait, THREADS, permits, maxBytes, isolateAfter, stopTimeout);
  }
}
