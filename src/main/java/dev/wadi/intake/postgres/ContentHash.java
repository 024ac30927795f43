package dev.wadi.intake.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Tells rows by what they hold: names and values, each with its length before it. */
final class ContentHash {

  private static final int BYTES = 16;

  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 hex digits. */
  static String of(Struct row) {
    ContentHash hash = new ContentHash();
    hash.add(row);
    return HexFormat.of().formatHex(hash.digest.digest(), 0, BYTES);
  }

  private void add(Object value) {
    if (value == null) {
      digest.update((byte) 0);
    } else if (value instanceof Struct struct) {
      begin((byte) 1, struct.schema().fields().size());
      for (Field field : struct.schema().fields()) {
        add(field.name());
        add(struct.getWithoutDefault(field.name()));
      }
    } else if (value instanceof List<?> list) {
      begin((byte) 2, list.size());
      list.forEach(this::add);
    } else if (value instanceof Map<?, ?> map) {
      begin((byte) 3, map.size());
      map.forEach(
          (key, mapped) -> {
            add(key);
            add(mapped);
          });
    } else if (value instanceof byte[] bytes) {
      begin((byte) 4, bytes.length);
      digest.update(bytes);
    } else if (value instanceof ByteBuffer buffer) {
      begin((byte) 4, buffer.remaining());
      digest.update(buffer.duplicate());
    } else {
      byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
      begin((byte) 5, text.length);
      digest.update(text);
    }
  }

  private void begin(byte kind, int size) {
    digest.update(ByteBuffer.allocate(5).put(kind).putInt(size).flip());
  }
}
