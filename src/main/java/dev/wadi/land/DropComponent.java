package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code wadi-drop:reason}: drops an event on purpose. It is counted as filtered under the reason,
 * and its route stops there.
 */
public final class DropComponent extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new DropEndpoint(uri, this, remaining);
  }

  private static final class DropEndpoint extends DefaultEndpoint {

    private final String reason;

    DropEndpoint(String uri, DropComponent component, String reason) {
      super(uri, component);
      this.reason = reason;
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          drop(exchange, reason);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("wadi-drop: a route can't begin with it");
    }
  }

  private static void drop(Exchange exchange, String reason) {
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    SourceRecord record = exchange.getProperty(ExchangeProperty.RECORD, SourceRecord.class);
    if (batch == null || record == null) {
      throw new IllegalStateException(
          "wadi-drop:" + reason + " stands where no event is: put it after the decode step");
    }
    batch.account().put(record, new Outcome.Filtered(reason));
    exchange.setRouteStop(true);
  }
}
