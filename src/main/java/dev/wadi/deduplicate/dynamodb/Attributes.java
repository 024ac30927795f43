package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import java.nio.ByteBuffer;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of the table's items. Their names are stored with every item, so they are short.
 */
final class Attributes {

  /** The partition key, binary: the 16 bytes of an event's key, or of another that is like one. */
  static final String KEY = "k";

  static final String COMMIT = "c";
  static final String PAYLOAD_HASH = "h";
  static final String POSITION = "p";
  static final String OWNER = "o";

  /** Epoch milliseconds. */
  static final String LEASE_END = "l";

  /** Epoch seconds, as DynamoDB's time to live wants them. */
  static final String EXPIRY = "e";

  /** Of a line: the last position before the commit's part of it, and the part's last. */
  static final String AFTER = "a";

  static final String TO = "t";

  /** Of a route's key and of the seeding. */
  static final String STATE = "s";

  /** Of the seeding: DynamoDB's id of the table that was filled. A restored table has another. */
  static final String TABLE = "i";

  /** Of the table: where its lake is. */
  static final String LAKE = "b";

  private Attributes() {}

  static Map<String, AttributeValue> key(EventKey key) {
    return Map.of(KEY, binary(key));
  }

  static AttributeValue binary(EventKey key) {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(key.high()).putLong(key.low()).array();
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
  }

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  /** An attribute's text; null if the item doesn't have it. */
  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  /** An attribute's number; 0 if the item doesn't have it. */
  static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }
}
