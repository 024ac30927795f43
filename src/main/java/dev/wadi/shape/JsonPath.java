package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a field stands in a document: member names from the root on, {@code context.source}. A dot
 * or backslash inside a name is written with a backslash before it. Paths don't lead into arrays.
 *
 * @param text as it is written in the shape
 * @param names at least one, none empty
 */
public record JsonPath(String text, List<String> names) {

  public JsonPath {
    Objects.requireNonNull(text, "text");
    // as the parser interns names, and looking up an equal name is quickest if it is the same
    names = names.stream().map(String::intern).toList();
    if (names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException("not a path: '" + text + "'");
    }
  }

  /**
   * The path that is written like this.
   *
   * @throws IllegalArgumentException if a name in it is empty
   */
  public static JsonPath of(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        name.append(text.charAt(++i));
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return new JsonPath(text, names);
  }

  /** What stands there, or null where nothing or a JSON null does. */
  public JsonNode find(ObjectNode document) {
    JsonNode value = document;
    for (int i = 0; i < names.size(); i++) {
      if (!(value instanceof ObjectNode object)) {
        return null;
      }
      value = object.get(names.get(i));
    }
    return value == null || value.isNull() ? null : value;
  }

  /** Whether the other path leads to an object that this one leads on from. */
  boolean leadsThrough(JsonPath other) {
    return names.size() > other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  @Override
  public String toString() {
    return text;
  }
}
