package dev.wadi.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What came of a case.
 *
 * @param tables the rows of each table, with all of their columns
 * @param dropped how many events were dropped, by reason
 * @param failure what a batch has failed with, in one line; null if none has
 * @param early whether it has failed before what is given came
 */
public record Came(
    Map<String, List<Map<String, JsonNode>>> tables,
    Map<String, Integer> dropped,
    String failure,
    boolean early) {

  /** What has come, of events that could all be given. */
  public Came(
      Map<String, List<Map<String, JsonNode>>> tables,
      Map<String, Integer> dropped,
      String failure) {
    this(tables, dropped, failure, false);
  }

  /** A failure of what was to land before: no case expects that. */
  public static Came failedBefore(String failure) {
    return new Came(Map.of(), Map.of(), failure, true);
  }

  /** Nothing but a failure. */
  public static Came failed(String failure) {
    return new Came(Map.of(), Map.of(), failure);
  }

  List<Map<String, JsonNode>> rows(String table) {
    return tables.getOrDefault(table, List.of());
  }
}
