package dev.wadi.intake;

import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** The parameters that the endpoints of all sources have in common. */
public abstract class SourceEndpoint extends DefaultEndpoint {

  @UriParam(defaultValue = "2000", description = "The most events in a batch")
  private int maxEvents = 2000;

  @UriParam(defaultValue = "1s", description = "How long a batch gathers from its first event")
  private Duration maxWait = Duration.ofSeconds(1);

  @UriParam(defaultValue = "32", description = "The most batches on their way at a time")
  private int permits = 32;

  @UriParam(defaultValue = "134217728", description = "The most bytes of events to hold")
  private long maxBytes = 128L * 1024 * 1024;

  @UriParam(
      defaultValue = "0",
      description =
          "What fails alone so often, while others land, becomes a dead letter: a message, a record"
              + " of a stream, a part of an object, a frame of the log; 0: never")
  private int isolateAfter;

  @UriParam(defaultValue = "30s", description = "How long a stop waits for batches to end")
  private Duration stopTimeout = Duration.ofSeconds(30);

  protected SourceEndpoint(String uri, SourceComponent component) {
    super(uri, component);
  }

  protected final int maxEvents() {
    return maxEvents;
  }

  public void setMaxEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  protected final Duration maxWait() {
    return maxWait;
  }

  public void setMaxWait(Duration maxWait) {
    this.maxWait = maxWait;
  }

  protected final int permits() {
    return permits;
  }

  public void setPermits(int permits) {
    this.permits = permits;
  }

  protected final long maxBytes() {
    return maxBytes;
  }

  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  protected final int isolateAfter() {
    return isolateAfter;
  }

  public void setIsolateAfter(int isolateAfter) {
    this.isolateAfter = isolateAfter;
  }

  protected final Duration stopTimeout() {
    return stopTimeout;
  }

  public void setStopTimeout(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
  }
}
