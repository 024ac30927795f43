package dev.wadi.flatten;

import dev.wadi.event.Batch;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The route's step {@code keep}, the last of an event: notes it in its batch's account as a
 * candidate to land, with the columns in the body. What a step changed in these since {@code
 * flatten} is fitted to the lake's columns.
 */
public final class KeepStep implements Processor {

  private static final String TABLE = "events";

  private final Flatten flatten;

  public KeepStep(Flatten flatten) {
    this.flatten = flatten;
  }

  /**
   * @throws IllegalArgumentException if the body is no map of columns: a failure of this event
   */
  @Override
  public void process(Exchange exchange) {
    Batch batch = Carried.by(exchange, ExchangeProperty.BATCH, Batch.class);
    SourceRecord record = Carried.by(exchange, ExchangeProperty.RECORD, SourceRecord.class);
    Event event = Carried.by(exchange, ExchangeProperty.EVENT, Event.class);
    if (batch.account().isDropped(record)) {
      return;
    }
    if (!(exchange.getMessage().getBody() instanceof Map<?, ?> row)) {
      throw new IllegalArgumentException(
          "the step before keep must leave the columns that flatten made, as a map");
    }
    batch
        .account()
        .put(record, new Outcome.Candidate(TABLE, event.withoutDocument(), flatten.fit(row)));
  }
}
