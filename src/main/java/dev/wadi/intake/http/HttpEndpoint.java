package dev.wadi.intake.http;

import dev.wadi.event.SetupException;
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
 * Takes events by POST. The exchange has what a request has brought as its body, a {@link Posted};
 * the request is answered with 202 when the exchange has ended without failure, so its route must
 * end with what keeps the events durably.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-http",
    title = "Wadi HTTP",
    syntax = "wadi-http:path",
    consumerOnly = true,
    category = {Category.HTTP})
public final class HttpEndpoint extends DefaultEndpoint {

  @UriPath(description = "The path that events are posted to")
  @Metadata(required = true)
  private final String path;

  @UriParam(defaultValue = "10485760", description = "The most bytes of a body, unpacked")
  private long maxBody = 10L << 20;

  @UriParam(
      defaultValue = "data",
      enums = "data,keep",
      description = "What of a CloudEvent goes on: its data, or all of it as structured JSON")
  private String envelope = "data";

  @UriParam(
      defaultValue = "true",
      description = "Whether a step of the route may wait, so that workers must run it")
  private boolean blocking = true;

  @UriParam(
      defaultValue = "false",
      description = "Whether the route makes dead letters of what is no event among several")
  private boolean rejected;

  HttpEndpoint(String uri, HttpComponent component, String path) {
    super(uri, component);
    this.path = path;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-http:" + path + " only receives");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    HttpConsumer consumer = new HttpConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  public void setMaxBody(long maxBody) {
    this.maxBody = maxBody;
  }

  public void setEnvelope(String envelope) {
    this.envelope = envelope;
  }

  public void setBlocking(boolean blocking) {
    this.blocking = blocking;
  }

  public void setRejected(boolean rejected) {
    this.rejected = rejected;
  }

  HttpComponent component() {
    return (HttpComponent) getComponent();
  }

  String path() {
    return path;
  }

  long maxBody() {
    return maxBody;
  }

  Envelope envelope() {
    return Envelope.named(envelope);
  }

  boolean isBlocking() {
    return blocking;
  }

  boolean takesRejected() {
    return rejected;
  }
}
