package dev.wadi.land;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** Notes that the store has an object, on the proof of the tag that {@code aws2-s3} got for it. */
public final class NotePublishedStep implements Processor {

  private final Landing landing;

  public NotePublishedStep(Landing landing) {
    this.landing = landing;
  }

  @Override
  public void process(Exchange exchange) {
    StagedObject object = exchange.getProperty(DescribeObjectStep.OBJECT, StagedObject.class);
    Commit commit = exchange.getProperty(LandConsumer.COMMIT, Commit.class);
    if (commit.isPublished(object)) {
      // an earlier try had put it, as settlePut found
      return;
    }
    if (exchange.getMessage().getHeader(AWS2S3Constants.E_TAG) == null) {
      throw new IllegalStateException(
          "no answer of the store for " + object.key() + ": aws2-s3 must put it before this step");
    }
    landing.published(commit, object);
  }
}
