package dev.wadi.dashboard;

import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Answers an HTTP request, and tells browsers to load nothing from elsewhere. */
final class ReplyStep implements Processor {

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private final Function<String, Reply> answer;

  /**
   * @param answer gets the path that was asked for
   */
  ReplyStep(Function<String, Reply> answer) {
    this.answer = answer;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Reply reply = answer.apply(message.getHeader(Exchange.HTTP_PATH, "", String.class));
    // Camel would send the request's headers back as the answer's
    message.removeHeaders("*");
    HEADERS.forEach(message::setHeader);
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    message.setHeader(Exchange.CONTENT_TYPE, reply.contentType());
    message.setBody(reply.body());
  }
}
