package dev.wadi.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Document;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Changes the event's JSON in the body. */
final class DocumentProducer extends DefaultProducer {

  private final Consumer<ObjectNode> change;

  DocumentProducer(Endpoint endpoint, Consumer<ObjectNode> change) {
    super(endpoint);
    this.change = change;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    ObjectNode document =
        Document.of(
            message.getBody(),
            () -> message.getBody(byte[].class),
            getEndpoint().getEndpointBaseUri());
    change.accept(document);
    message.setBody(document);
  }
}
