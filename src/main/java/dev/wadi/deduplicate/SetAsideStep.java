package dev.wadi.deduplicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Document;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Original;
import dev.wadi.event.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The route's step {@code setAside}: notes a copy of what has landed as a duplicate or, with
 * another payload, as a conflict. It lands in the table of that name, by the commit of its batch.
 */
public final class SetAsideStep implements Processor {

  @Override
  public void process(Exchange exchange) {
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    Event event = exchange.getProperty(ExchangeProperty.EVENT, Event.class);
    if (batch == null || event == null) {
      throw new IllegalStateException("set-aside stands where no event is: put it after decode");
    }
    if (batch.account().isDropped(event.record())) {
      return;
    }
    Object claim = exchange.getProperty(ExchangeProperty.CLAIM);
    Event slim = event.withoutDocument();
    String changed = changed(event, exchange.getMessage());
    Outcome outcome =
        claim instanceof Claims.LandedOther other
            ? new Outcome.Conflict(slim, changed, other.landedPayloadHash())
            : new Outcome.Duplicate(slim, changed);
    batch.account().put(event.record(), outcome);
  }

  /** The JSON that a step before left in the place of the original, or null if there is none. */
  private static String changed(Event event, Message message) {
    ObjectNode document =
        Document.of(message.getBody(), () -> message.getBody(byte[].class), "set-aside");
    return Original.isStill(event.record().bytes(), document) ? null : document.toString();
  }
}
