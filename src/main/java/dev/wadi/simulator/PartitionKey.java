package dev.wadi.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What keeps events together in a stream: the id of the subject that they tell of, so that a
 * subject's events stay in their order. Thread-safe.
 */
public final class PartitionKey {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NONE = "none";

  /** The longest that Kinesis takes. */
  private static final int MAX_LENGTH = 256;

  /** The key of an event; also of one that nobody can decode, which has no subject. */
  public String of(String event) {
    try {
      JsonNode id = JSON.readTree(event).at("/subject/id");
      String key = id.asText();
      return key.isEmpty() ? NONE : key.substring(0, Math.min(key.length(), MAX_LENGTH));
    } catch (IOException e) {
      return NONE;
    }
  }
}
