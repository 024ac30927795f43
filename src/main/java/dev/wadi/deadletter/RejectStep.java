package dev.wadi.deadletter;

import dev.wadi.event.Event;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes a failed step's exception a rejection of the record that it was about. Stands in a route's
 * {@code onException}, with a {@link FailedNodeStep} as its {@code onExceptionOccurredRef}.
 */
public final class RejectStep implements Processor {

  /** The reason code of what a step threw. */
  public static final String REASON = "step_failed";

  @Override
  public void process(Exchange exchange) {
    SourceRecord record = exchange.getProperty(ExchangeProperty.RECORD, SourceRecord.class);
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (record == null || failure == null) {
      throw new IllegalStateException("no step has failed over a record", failure);
    }
    Event event = exchange.getProperty(ExchangeProperty.EVENT, Event.class);
    exchange.setProperty(
        ExchangeProperty.REJECTED,
        new Rejected(
            record,
            event == null ? "unknown" : event.shape(),
            FailedNodeStep.failedNode(exchange),
            REASON,
            null,
            describe(failure)));
  }

  /** The exception and what caused it first, in one line. */
  private static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root == failure ? line(failure) : line(failure) + "; caused by " + line(root);
    return text.replaceAll("\\s+", " ");
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getName() + (message == null ? "" : ": " + message);
  }
}
