package dev.wadi.intake.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What Debezium puts where the log has no value: PostgreSQL leaves out a large value, stored
 * outside of its row, that an update has not touched. The text is drawn anew for each engine, so no
 * row can have it by chance or on purpose.
 */
record Unchanged(String text) {

  /** A text that nobody has. */
  static Unchanged random() {
    return new Unchanged("unchanged-" + UUID.randomUUID());
  }

  /** Whether a value stands for one that the log doesn't have. */
  boolean is(Object value) {
    if (value instanceof CharSequence chars) {
      String found = chars.toString();
      return found.equals(text) || found.equals(base64()) || found.equals(asMap());
    }
    if (value instanceof byte[] bytes) {
      return Arrays.equals(bytes, bytes());
    }
    if (value instanceof ByteBuffer buffer) {
      return buffer.equals(ByteBuffer.wrap(bytes()));
    }
    if (value instanceof Map<?, ?> map) {
      return map.containsKey(text);
    }
    return value instanceof List<?> list && isList(list);
  }

  private boolean isList(List<?> list) {
    if (list.size() == 1) {
      Object only = list.get(0);
      return is(only) || UUID.nameUUIDFromBytes(bytes()).toString().equals(only);
    }
    byte[] bytes = bytes();
    if (list.size() != bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (!(list.get(i) instanceof Number number) || number.longValue() != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String base64() {
    return Base64.getEncoder().encodeToString(bytes());
  }

  private String asMap() {
    return "{\"" + text + "\":\"" + text + "\"}";
  }
}
