package dev.wadi.decode;

import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * The step {@code decode} of a route: takes a {@link SourceRecord} as the body, keeps it as {@link
 * ExchangeProperty#RECORD}, and sets {@link ExchangeProperty#EVENT} with the document as the body,
 * for the steps that follow to work on, or {@link ExchangeProperty#REJECTED} with the {@link
 * Rejected} as the body.
 */
public final class DecodeStep implements Processor {

  private final Decoder decoder;
  private final Metrics metrics;

  public DecodeStep(Decoder decoder, Metrics metrics) {
    this.decoder = decoder;
    this.metrics = metrics;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    SourceRecord record = exchange.getMessage().getMandatoryBody(SourceRecord.class);
    exchange.setProperty(ExchangeProperty.RECORD, record);
    long start = System.nanoTime();
    Decoded decoded = decoder.decode(record);
    metrics.took(Decoder.STAGE, Duration.ofNanos(System.nanoTime() - start));
    if (decoded instanceof Event event) {
      exchange.setProperty(ExchangeProperty.EVENT, event);
      exchange.getMessage().setBody(event.document());
    } else {
      exchange.setProperty(ExchangeProperty.REJECTED, decoded);
      exchange.getMessage().setBody(decoded);
    }
  }
}
