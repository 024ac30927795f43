package dev.wadi.deadletter;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Puts a dead letter up for landing in {@code dead_letters}, unless it has landed before. */
public final class ArchiveStep implements Processor {

  static final String TABLE = "dead_letters";

  @Override
  public void process(Exchange exchange) {
    Batch batch = required(exchange, ExchangeProperty.BATCH, Batch.class);
    Event event = required(exchange, ExchangeProperty.EVENT, Event.class);
    DeadLetter letter = required(exchange, DeadLetterDecodeStep.LETTER, DeadLetter.class);
    Claims.Answer claim = required(exchange, ExchangeProperty.CLAIM, Claims.Answer.class);
    boolean archived = claim instanceof Claims.LandedSame || claim instanceof Claims.LandedOther;
    batch
        .account()
        .put(
            event.record(),
            archived
                ? new Outcome.Redelivered()
                : new Outcome.Candidate(TABLE, event, DeadLetterRow.columns(letter)));
  }

  private static <T> T required(Exchange exchange, String property, Class<T> type) {
    T value = exchange.getProperty(property, type);
    if (value == null) {
      throw new IllegalStateException(
          "the exchange has no "
              + property
              + ": archive comes after decodeDeadLetter and the claim");
    }
    return value;
  }
}
