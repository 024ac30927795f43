package dev.wadi.deadletter;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;

/**
 * The proof that the queue has a dead letter: SQS answers a send with the id of the new message and
 * the MD5 of the body that it stored, and Camel's producer leaves both in headers. An answer to
 * another message has another MD5.
 */
final class Proof {

  private static final String ID = "WadiDeadLetterId";
  private static final String BODY_MD5 = "WadiDeadLetterBodyMd5";

  private Proof() {}

  /** Notes what is about to be sent. */
  static void expect(Exchange exchange, String id, String body) {
    exchange.setProperty(ID, id);
    exchange.setProperty(BODY_MD5, md5(body));
  }

  /** The id of the dead letter that the queue has accepted, or null if it has not. */
  static String accepted(Exchange exchange) {
    String id = exchange.getProperty(ID, String.class);
    String expected = exchange.getProperty(BODY_MD5, String.class);
    Message answer = exchange.getMessage();
    String messageId = answer.getHeader(Sqs2Constants.MESSAGE_ID, String.class);
    String stored = answer.getHeader(Sqs2Constants.MD5_OF_BODY, String.class);
    return messageId != null && expected != null && expected.equalsIgnoreCase(stored) ? id : null;
  }

  private static String md5(String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
