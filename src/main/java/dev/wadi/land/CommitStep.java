package dev.wadi.land;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The route's {@code commit} step: the objects are published, so the commit is made to stand. */
public final class CommitStep implements Processor {

  private final Landing landing;

  public CommitStep(Landing landing) {
    this.landing = landing;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    landing.commit(exchange.getProperty(LandConsumer.COMMIT, Commit.class));
  }
}
