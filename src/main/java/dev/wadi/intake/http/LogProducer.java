package dev.wadi.intake.http;

import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** The intake log as the end of a route: it goes on when what was posted is durable. */
final class LogProducer extends DefaultAsyncProducer {

  private final IntakeLog log;

  LogProducer(LogEndpoint endpoint, IntakeLog log) {
    super(endpoint);
    this.log = log;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    Posted posted = posted(exchange);
    if (posted == null) {
      exchange.setException(
          new IllegalArgumentException(
              "wadi-http-log takes what wadi-http has read, or the bytes of one event, and not "
                  + exchange.getMessage().getBody()));
      callback.done(true);
      return true;
    }
    if (posted.entries().isEmpty()) {
      callback.done(true);
      return true;
    }
    log.append(posted.entries())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                StoredStep.storing(exchange).events(posted.entries().size());
              }
              exchange.setException(failure);
              callback.done(false);
            });
    return false;
  }

  private static Posted posted(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof Posted posted) {
      return posted;
    }
    byte[] event = exchange.getMessage().getBody(byte[].class);
    return event == null ? null : new Posted(List.of(Entry.event(event)), List.of());
  }
}
