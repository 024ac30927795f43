package dev.wadi.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces a field by its hash, so that equal values stay equal and nobody reads them. With a key
 * it is HMAC-SHA-256 (RFC 2104), else SHA-256 alone, by which whoever guesses a value can check it.
 * Thread-safe.
 */
final class FieldHash {

  private static final String HMAC = "HmacSHA256";

  private final Member field;
  private final Member into;
  private final SecretKeySpec key;

  /**
   * @param into where the hash is put, as 64 hex digits; the field itself is taken away
   * @param key null or empty for none
   */
  FieldHash(Member field, Member into, String key) {
    this.field = field;
    this.into = into;
    this.key =
        key == null || key.isEmpty()
            ? null
            : new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
  }

  /**
   * Changes the document; leaves it as it is if it hasn't the field.
   *
   * @throws IllegalArgumentException if the field is an object or an array
   */
  void apply(ObjectNode document) {
    JsonNode value = field.in(document);
    if (value == null) {
      return;
    }
    if (value.isContainerNode()) {
      throw new IllegalArgumentException(
          "%s is an %s, and only text, numbers and booleans are hashed: name a field inside it"
              .formatted(field, value.getNodeType()));
    }
    String hash = hash(value.asText().getBytes(StandardCharsets.UTF_8));
    field.remove(document);
    into.put(document, TextNode.valueOf(hash));
  }

  private String hash(byte[] value) {
    try {
      if (key == null) {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
      }
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(value));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256 and its HMAC", e);
    }
  }
}
