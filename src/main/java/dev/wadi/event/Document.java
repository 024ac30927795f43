package dev.wadi.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** The JSON object of an event, in whatever form a user's step has left it. */
public final class Document {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Document() {}

  /**
   * The object in a message's body.
   *
   * @param body JSON as a tree, a map, text or bytes, or anything else that becomes bytes
   * @param bytes turns such a body into bytes; gives null if it can't be turned
   * @param next the step that wants it, for the message
   * @throws IllegalArgumentException if the body holds no JSON object; the route makes a dead
   *     letter of it
   */
  public static ObjectNode of(Object body, Supplier<byte[]> bytes, String next) {
    JsonNode node = parse(body, bytes, next);
    if (node instanceof ObjectNode document) {
      return document;
    }
    throw new IllegalArgumentException(
        "the step before "
            + next
            + " must leave a JSON object; it left "
            + (node == null ? "nothing" : "JSON of kind " + node.getNodeType()));
  }

  private static JsonNode parse(Object body, Supplier<byte[]> bytes, String next) {
    if (body instanceof JsonNode node) {
      return node;
    }
    if (body instanceof Map) {
      return JSON.valueToTree(body);
    }
    try {
      if (body instanceof String text) {
        return JSON.readTree(text);
      }
      byte[] json = bytes.get();
      if (json != null) {
        return JSON.readTree(json);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the step before " + next + " left no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the step before " + next + " left unreadable JSON", e);
    }
    if (body == null) {
      return null;
    }
    throw new IllegalArgumentException(
        "the step before "
            + next
            + " must leave a JSON object; it left a "
            + body.getClass().getName());
  }
}
