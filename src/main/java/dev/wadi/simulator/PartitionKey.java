package dev.wadi.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What keeps events together in a stream: the id of what they tell of, such as CDEvents' subject,
 * so that its events stay in their order. Thread-safe.
 */
public final class PartitionKey {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NONE = "none";

  /** The longest that Kinesis takes. */
  private static final int MAX_LENGTH = 256;

  private final Scenario scenario;

  public PartitionKey(Scenario scenario) {
    this.scenario = scenario;
  }

  /** The key of an event; also of one that nobody can decode, which has none of its own. */
  public String of(String event) {
    try {
      JsonNode id = JSON.readTree(event).at(scenario.together());
      String key = id.asText();
      return key.isEmpty() ? NONE : key.substring(0, Math.min(key.length(), MAX_LENGTH));
    } catch (IOException e) {
      return NONE;
    }
  }
}
