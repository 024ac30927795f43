package dev.wadi.intake.poll;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Has the polling go on: stands behind what made durable that which the step before had given. The
 * endpoint there has thrown if it didn't.
 */
public final class PollStoredStep implements Processor {

  /** What the route goes on after: there is an object of this key. */
  private static final int TAKEN = 412;

  private final Poller poller;

  public PollStoredStep(Poller poller) {
    this.poller = poller;
  }

  @Override
  public void process(Exchange exchange) {
    S3Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, S3Exception.class);
    poller.stored(caught == null || caught.statusCode() != TAKEN);
  }
}
