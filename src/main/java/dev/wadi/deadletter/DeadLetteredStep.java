package dev.wadi.deadletter;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.Rejected;
import dev.wadi.ops.Metrics;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Gives a rejected record its outcome: stands after the endpoint that sent its message to the
 * dead-letter queue, and believes nothing but the queue's own answer.
 */
public final class DeadLetteredStep implements Processor {

  private final Metrics metrics;

  public DeadLetteredStep(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void process(Exchange exchange) {
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    Rejected rejected = exchange.getProperty(ExchangeProperty.REJECTED, Rejected.class);
    if (batch == null || rejected == null) {
      throw new IllegalStateException("there is no rejected record of a batch to account for");
    }
    String id = Proof.accepted(exchange);
    if (id == null) {
      throw new IllegalStateException(
          rejected.record()
              + " was rejected ("
              + rejected.reason()
              + "), and the dead-letter queue has not confirmed that it has it: send to the queue"
              + " between the steps deadLetter and deadLettered");
    }
    batch.account().put(rejected.record(), new Outcome.DeadLettered(rejected, id));
    metrics.count("wadi.dead.letters.sent", "reason", rejected.reason(), 1);
  }
}
