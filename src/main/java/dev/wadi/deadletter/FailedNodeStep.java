package dev.wadi.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Notes which node of a route has failed, for {@link RejectStep}. Stands in an {@code onException}
 * as its {@code onExceptionOccurredRef}: at that moment Camel still knows, and once the first step
 * of the {@code onException} runs, it has forgotten.
 */
public final class FailedNodeStep implements Processor {

  private static final String PROPERTY = "WadiFailedNode";

  private record Failure(String node, Throwable exception) {}

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(
        PROPERTY,
        new Failure(exchange.getExchangeExtension().getHistoryNodeId(), caught(exchange)));
  }

  /** The id of the node that failed; of its route, where nobody noted the node. */
  static String failedNode(Exchange exchange) {
    Failure noted = exchange.getProperty(PROPERTY, Failure.class);
    // an attempt before this one may have failed elsewhere, and been mended by trying again
    if (noted != null && noted.node() != null && noted.exception() == caught(exchange)) {
      return noted.node();
    }
    String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
    return route == null ? "unknown" : route;
  }

  private static Throwable caught(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }
}
