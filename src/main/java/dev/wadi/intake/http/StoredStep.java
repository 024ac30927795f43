package dev.wadi.intake.http;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The route's step {@code httpStored}: what was posted, or the part of it that a split has made, is
 * stored by the step before. Only when all of a request's is, it is answered with 202.
 */
public final class StoredStep implements Processor {

  private static final String STORING = "WadiStoring";

  @Override
  public void process(Exchange exchange) {
    storing(exchange).part(exchange.getProperty(Exchange.SPLIT_SIZE, 1, Integer.class));
  }

  /** Begins to count for an exchange that carries so many events. */
  static Storing begin(Exchange exchange, int events) {
    Storing storing = new Storing(events);
    exchange.setProperty(STORING, storing);
    return storing;
  }

  /** What is counted for an exchange; nobody looks at it if it is of no request. */
  static Storing storing(Exchange exchange) {
    Storing storing = exchange.getProperty(STORING, Storing.class);
    return storing == null ? new Storing(0) : storing;
  }
}
