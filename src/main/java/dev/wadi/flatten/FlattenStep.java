package dev.wadi.flatten;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Document;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Original;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The route's step {@code flatten}: the document in the body becomes its columns by name.
 *
 * <p>If a step before changed the document, the row carries the changed JSON as {@code _doc}, so
 * that what was masked or dropped does not land by the back door. Otherwise it has no {@code _doc},
 * and the original bytes land.
 */
public final class FlattenStep implements Processor {

  private final Flatten flatten;

  public FlattenStep(Flatten flatten) {
    this.flatten = flatten;
  }

  /**
   * @throws IllegalArgumentException if the body holds no JSON object: a failure of this event
   */
  @Override
  public void process(Exchange exchange) {
    Event event = Carried.by(exchange, ExchangeProperty.EVENT, Event.class);
    Message message = exchange.getMessage();
    ObjectNode document =
        Document.of(message.getBody(), () -> message.getBody(byte[].class), "flatten");
    Map<String, Object> row = flatten.flatten(document, event.derived());
    if (!Original.isStill(event.record().bytes(), document)) {
      row.put(Columns.DOC, Value.text(document));
    }
    exchange.getMessage().setBody(row);
  }
}
