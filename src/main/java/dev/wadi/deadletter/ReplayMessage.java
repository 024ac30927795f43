package dev.wadi.deadletter;

import dev.wadi.event.Isolation;
import dev.wadi.event.Replay;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The message that brings a dead letter back to the queue of events: its original bytes as the
 * body, where SQS takes them so; else in base 64, or the key of the object that holds them.
 *
 * @param letter the dead letter's id
 * @param attributes by name, all of them texts
 */
public record ReplayMessage(String letter, String body, Map<String, String> attributes) {

  /** What SQS counts beside an attribute's name and value: its type. */
  private static final int TYPE = "String".length();

  public ReplayMessage {
    attributes = Map.copyOf(attributes);
  }

  /** What is known of a dead letter that is to be replayed; {@code reason} is its own. */
  public record Letter(String id, String source, String position, String reason) {}

  /**
   * The message of a dead letter whose bytes are in its row.
   *
   * @param maxBytes what the queue takes in one message, in bytes
   * @param store takes the bytes if they don't fit
   */
  public static ReplayMessage of(Letter letter, byte[] bytes, int maxBytes, ByteStore store) {
    if (isText(bytes)) {
      ReplayMessage plain = message(letter, new String(bytes, StandardCharsets.UTF_8), null);
      if (plain.size() <= maxBytes) {
        return plain;
      }
    }
    // four characters for three bytes: too many for sure need not be encoded
    if (bytes.length / 3 * 4L <= maxBytes) {
      ReplayMessage packed =
          message(letter, Base64.getEncoder().encodeToString(bytes), Replay.BASE64);
      if (bytes.length > 0 && packed.size() <= maxBytes) {
        return packed;
      }
    }
    String object = DeadLetter.objectOf(letter.id());
    store.put(object, bytes);
    return of(letter, object);
  }

  /** The message of a dead letter whose bytes are an object of the lake. */
  public static ReplayMessage of(Letter letter, String object) {
    return message(letter, object, Replay.OBJECT);
  }

  /** As SQS counts it: the body and the attributes, in bytes. */
  public int size() {
    int size = utf8(body);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      size += utf8(attribute.getKey()) + utf8(attribute.getValue()) + TYPE;
    }
    return size;
  }

  private static ReplayMessage message(Letter letter, String body, String form) {
    Map<String, String> attributes =
        new TreeMap<>(Replay.attributes(letter.id(), letter.source(), letter.position()));
    if (form != null) {
      attributes.put(Replay.BODY, form);
    }
    if (letter.reason().equals(Isolation.RECEIVED_TOO_OFTEN)) {
      attributes.put(Replay.UNREAD, "true");
    }
    return new ReplayMessage(letter.id(), body, attributes);
  }

  /** Whether SQS takes these bytes as they are (SendMessage, "MessageBody"). */
  private static boolean isText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.codePoints().allMatch(ReplayMessage::isAllowed);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAllowed(int c) {
    // a carriage return is allowed, but XML readers between may make a line feed of it
    return c == '\t'
        || c == '\n'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
