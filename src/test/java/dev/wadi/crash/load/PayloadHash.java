package dev.wadi.crash.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A hash that is the same for JSON that says the same, whatever its order, spaces and numbers. */
public final class PayloadHash {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private PayloadHash() {}

  /** Of an event's JSON. */
  public static String ofJson(String json) {
    try {
      StringBuilder canonical = new StringBuilder();
      write(JSON.readTree(json), canonical);
      return ofBytes(canonical.toString().getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }

  /** Of bytes as they are. */
  public static String ofBytes(byte[] bytes) {
    return sha256(bytes).substring(0, 32);
  }

  /** The whole SHA-256, in lower-case hex digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void write(JsonNode node, StringBuilder to) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
      to.append('{');
      members.forEach(
          (name, value) -> {
            to.append(name.length()).append(':').append(name).append('=');
            write(value, to);
          });
      to.append('}');
    } else if (node.isArray()) {
      to.append('[');
      node.forEach(
          element -> {
            write(element, to);
            to.append(',');
          });
      to.append(']');
    } else if (node.isNumber()) {
      to.append('#').append(node.decimalValue().stripTrailingZeros().toPlainString());
    } else {
      String text = node.asText();
      to.append(node.getNodeType()).append(text.length()).append(':').append(text);
    }
  }
}
