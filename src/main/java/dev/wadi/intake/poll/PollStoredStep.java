package dev.wadi.intake.poll;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Has the polling go on: stands behind what made durable that which the step before had given. The
 * endpoint there has thrown if it didn't.
 */
public final class PollStoredStep implements Processor {

  private final Poller poller;

  public PollStoredStep(Poller poller) {
    this.poller = poller;
  }

  @Override
  public void process(Exchange exchange) {
    poller.stored();
  }
}
