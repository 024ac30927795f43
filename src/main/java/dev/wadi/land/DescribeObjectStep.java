package dev.wadi.land;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Turns a staged object into what {@code aws2-s3} puts: the file as body, its key, and metadata by
 * which a put that was tried twice is known as ours.
 */
public final class DescribeObjectStep implements Processor {

  /** The exchange property that holds the {@link StagedObject}. */
  static final String OBJECT = "WadiStagedObject";

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    StagedObject object = message.getBody(StagedObject.class);
    exchange.setProperty(OBJECT, object);
    message.removeHeaders("CamelAwsS3*");
    message.setHeader(AWS2S3Constants.KEY, object.key());
    message.setHeader(AWS2S3Constants.METADATA, object.metadata());
    message.setBody(object.file().toFile());
  }
}
