package dev.wadi.deadletter;

import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * Reads a message of the dead-letter queue. A message that Wadi did not write is a dead letter too:
 * nothing in that queue is left behind.
 */
public final class DeadLetterDecodeStep implements Processor {

  /** The type and the shape of the events that dead letters are while they are archived. */
  static final String TYPE = "dead_letter";

  static final String SHAPE = "dead-letter";

  /** The exchange property with the {@link DeadLetter}. */
  static final String LETTER = "WadiDeadLetter";

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    SourceRecord record = exchange.getMessage().getMandatoryBody(SourceRecord.class);
    DeadLetter letter =
        DeadLetterJson.read(record.bytes()).orElseGet(() -> DeadLetter.foreign(record));
    exchange.setProperty(ExchangeProperty.RECORD, record);
    exchange.setProperty(LETTER, letter);
    exchange.setProperty(ExchangeProperty.EVENT, DeadLetterRow.event(letter, record));
  }
}
