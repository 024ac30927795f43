package dev.wadi.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/**
 * A member of a document by its path, as in shapes: names with dots between them, a dot in a name
 * after a backslash.
 */
record Member(List<String> names) {

  /**
   * @throws IllegalArgumentException if a name is empty
   */
  static Member of(String path) {
    List<String> names =
        Arrays.stream(path.split("(?<!\\\\)\\.", -1))
            .map(name -> name.replace("\\.", "."))
            .toList();
    if (names.contains("")) {
      throw new IllegalArgumentException(
          "'" + path + "' is no path: name the members from the outermost on, such as user.email");
    }
    return new Member(names);
  }

  /** What stands there; null if nothing does, or JSON's null. */
  JsonNode in(ObjectNode document) {
    JsonNode node = document;
    for (String name : names) {
      node = node.path(name);
    }
    return node.isMissingNode() || node.isNull() ? null : node;
  }

  /**
   * Puts a value there; objects on the way are made.
   *
   * @throws IllegalArgumentException if something else than an object is on the way
   */
  void put(ObjectNode document, JsonNode value) {
    ObjectNode parent = document;
    for (String name : names.subList(0, names.size() - 1)) {
      JsonNode next = parent.get(name);
      if (next != null && !next.isObject() && !next.isNull()) {
        throw new IllegalArgumentException(
            "nothing can be put at " + this + ", since " + name + " is a " + next.getNodeType());
      }
      parent = next instanceof ObjectNode object ? object : parent.putObject(name);
    }
    parent.set(names.get(names.size() - 1), value);
  }

  /** Takes away what stands there. */
  void remove(ObjectNode document) {
    JsonNode parent = document;
    for (String name : names.subList(0, names.size() - 1)) {
      parent = parent.path(name);
    }
    if (parent instanceof ObjectNode object) {
      object.remove(names.get(names.size() - 1));
    }
  }

  @Override
  public String toString() {
    return String.join(".", names);
  }
}
