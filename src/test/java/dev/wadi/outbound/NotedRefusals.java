package dev.wadi.outbound;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was refused, and why, by key. */
final class NotedRefusals implements Refusals {

  static final Origin ORIGIN = new Origin("out", "events", "01KAJ0");

  final Map<String, String> reasons = new LinkedHashMap<>();

  @Override
  public void refuse(Origin origin, String key, String reason) {
    reasons.put(key, reason);
  }

  /** A row of an event. */
  static Row row(String key, String document) {
    return new Row(
        Map.of(
            "event_key", key,
            "event_type", "build",
            "event_time", "2026-11-01T12:00:00Z",
            "event_source", "/test",
            "_doc", document));
  }
}
