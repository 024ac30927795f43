package dev.wadi.deadletter;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Isolation;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;

/**
 * Rejects a record of a batch that its source has isolated, without looking at its bytes: stands in
 * the place of the pipeline, which would fail again.
 */
public final class IsolateStep implements Processor {

  static final String STAGE = "intake";

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    if (batch == null || !batch.isIsolated()) {
      throw new IllegalStateException(
          "the step isolate rejects what it is given, and this batch is not isolated: "
              + batch
              + "; lead to direct:isolated only what ${exchangeProperty.WadiBatch.isolated} is"
              + " true of");
    }
    Isolation why = batch.isolation();
    SourceRecord record = exchange.getMessage().getMandatoryBody(SourceRecord.class);
    exchange.setProperty(ExchangeProperty.RECORD, record);
    exchange.setProperty(
        ExchangeProperty.REJECTED,
        new Rejected(record, "unknown", STAGE, why.reason(), null, why.message()));
  }
}
