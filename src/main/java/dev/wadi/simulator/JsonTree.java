package dev.wadi.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes an event apart and puts it together again; slow, for the faulty ones only. */
final class JsonTree {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonTree() {}

  static ObjectNode read(byte[] event) {
    try {
      return (ObjectNode) MAPPER.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator emitted what is no JSON", e);
    }
  }

  static byte[] write(ObjectNode event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of JSON can't be written", e);
    }
  }
}
