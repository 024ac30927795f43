package dev.wadi.deduplicate;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import org.apache.camel.Exchange;
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
    Object claim = exchange.getProperty(ExchangeProperty.CLAIM);
    Event slim = event.withoutDocument();
    Outcome outcome =
        claim instanceof Claims.LandedOther other
            ? new Outcome.Conflict(slim, other.landedPayloadHash())
            : new Outcome.Duplicate(slim);
    batch.account().put(event.record(), outcome);
  }
}
