package dev.wadi.deadletter;

import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Rejected;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the message for the dead-letter queue: stands before the endpoint that sends it. Bytes that
 * are too many for the message go to the object store first.
 */
public final class DeadLetterStep implements Processor {

  /** What SQS allowed a message before 2025, and emulators still do. */
  public static final int USUAL_MAX_BYTES = 256 * 1024;

  private final int maxBytes;
  private final ByteStore store;

  /**
   * @param maxBytes what the queue takes in one message, in bytes
   * @param store takes the bytes of larger ones
   */
  public DeadLetterStep(int maxBytes, ByteStore store) {
    this.maxBytes = maxBytes;
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) {
    Rejected rejected = exchange.getProperty(ExchangeProperty.REJECTED, Rejected.class);
    if (rejected == null) {
      throw new IllegalStateException("nothing was rejected, so there is nothing to dead-letter");
    }
    DeadLetter letter = DeadLetter.of(rejected);
    String body = fitting(letter);
    Message message = exchange.getMessage();
    // what an earlier send left would be an operation, a delay, or a proof of this one; and SQS
    // takes ten attributes at most, which count as size
    message.removeHeaders("*");
    message.setBody(body);
    Proof.expect(exchange, letter.id(), body);
  }

  private String fitting(DeadLetter letter) {
    // four characters for three bytes: too many for sure need not be encoded
    if (letter.bytes().length / 3 * 4L < maxBytes) {
      String body = DeadLetterJson.write(letter);
      if (body.length() <= maxBytes) {
        return body;
      }
    }
    String object = DeadLetter.objectOf(letter.id());
    store.put(object, letter.bytes());
    return DeadLetterJson.write(letter.withBytesIn(object));
  }
}
