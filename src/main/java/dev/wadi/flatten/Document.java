package dev.wadi.flatten;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Message;

/** The JSON object in a message's body, in whatever form a user's step has left it. */
final class Document {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Document() {}

  /**
   * @throws IllegalArgumentException if the body holds no JSON object; the route makes a dead
   *     letter of it
   */
  static ObjectNode in(Message message) {
    JsonNode node = parse(message, message.getBody());
    if (node instanceof ObjectNode document) {
      return document;
    }
    throw new IllegalArgumentException(
        "the step before flatten must leave a JSON object; it left "
            + (node == null ? "nothing" : "JSON of kind " + node.getNodeType()));
  }

  private static JsonNode parse(Message message, Object body) {
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
      byte[] bytes = message.getBody(byte[].class);
      if (bytes != null) {
        return JSON.readTree(bytes);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the step before flatten left no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the step before flatten left unreadable JSON", e);
    }
    if (body == null) {
      return null;
    }
    throw new IllegalArgumentException(
        "the step before flatten must leave a JSON object; it left a " + body.getClass().getName());
  }
}
