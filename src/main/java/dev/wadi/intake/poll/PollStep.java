package dev.wadi.intake.poll;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import dev.wadi.event.SourceRecord;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Gives a route what was polled, if something is due: as what {@code aws2-s3} puts, or as a dead
 * letter. The exchange property {@value #POLLED} says which: content, refused or nothing.
 */
public final class PollStep implements Processor {

  /** The exchange property that says what there is. */
  static final String POLLED = "WadiPolled";

  private final String source;
  private final Poller poller;
  private final Clock clock;

  /**
   * @param source its name in dead letters
   */
  public PollStep(String source, Poller poller, Clock clock) {
    this.source = source;
    this.poller = poller;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Polled polled = poller.take().orElse(null);
    if (polled instanceof Polled.Content content) {
      Message message = exchange.getMessage();
      message.removeHeaders("CamelAwsS3*");
      message.setHeader(AWS2S3Constants.KEY, content.key());
      message.setBody(content.content());
      exchange.setProperty(POLLED, "content");
    } else if (polled instanceof Polled.Refused refused) {
      reject(exchange, refused);
      exchange.setProperty(POLLED, "refused");
    } else {
      exchange.setProperty(POLLED, "nothing");
    }
  }

  /** A record of a batch of its own, which is how routes hand dead letters on. */
  private void reject(Exchange exchange, Polled.Refused refused) {
    SourceRecord record =
        new SourceRecord(
            source, refused.position(), refused.position(), refused.bytes(), clock.instant(), 1);
    exchange.setProperty(
        ExchangeProperty.BATCH, new Batch(source, 0, List.of(record), List.of(record.delivery())));
    exchange.setProperty(
        ExchangeProperty.REJECTED,
        new Rejected(record, "unknown", "poll", refused.reason(), null, refused.message()));
  }
}
