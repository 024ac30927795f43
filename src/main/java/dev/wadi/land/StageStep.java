package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * The route's {@code stage} step: the exchange of a batch waits here, without a thread, until the
 * batch's commit stands.
 */
public final class StageStep extends AsyncProcessorSupport {

  private final Landing landing;

  public StageStep(Landing landing) {
    this.landing = landing;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    try {
      if (batch == null) {
        throw new IllegalStateException(
            "the exchange at stage carries no batch: the route must begin at a source of Wadi's");
      }
      landing
          .stage(batch)
          .whenComplete(
              (landed, failure) -> {
                exchange.setException(
                    failure instanceof CompletionException ? failure.getCause() : failure);
                callback.done(false);
              });
      return false;
    } catch (RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }
}
