package dev.wadi.shape;

import java.util.Map;
import java.util.Objects;

/**
 * What the type of an event says.
 *
 * @param type for the column {@code event_type} and its partition
 * @param subtype null where the shape has none
 * @param parts the named parts of the form that matched, empty where the shape has no forms
 */
public record EventType(String type, String subtype, Map<String, String> parts) {

  public EventType {
    Objects.requireNonNull(type, "type");
    parts = Map.copyOf(parts);
  }
}
