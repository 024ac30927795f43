package dev.wadi.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.apache.camel.Component;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A step that changes the event's JSON. */
final class DocumentEndpoint extends DefaultEndpoint {

  private final Consumer<ObjectNode> change;

  DocumentEndpoint(String uri, Component component, Consumer<ObjectNode> change) {
    super(uri, component);
    this.change = change;
  }

  @Override
  public Producer createProducer() {
    return new DocumentProducer(this, change);
  }

  @Override
  public org.apache.camel.Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(getEndpointBaseUri() + ": a route can't begin with it");
  }
}
