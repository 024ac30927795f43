package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check of one document finds: the paths of missing fields, and the values that are of the
 * wrong kind. Not thread-safe; made for one document.
 */
public final class Violations {

  private static final int SHOWN_CHARACTERS = 40;

  // most documents have none, so the lists are made when the first is found
  private List<String> missing = List.of();
  private List<String> wrong = List.of();
  private List<String> messages = List.of();

  public boolean isEmpty() {
    return missing.isEmpty() && wrong.isEmpty();
  }

  /** The paths of the required fields that are missing, in the order they were declared. */
  public List<String> missing() {
    return missing;
  }

  /** The paths of the values that are of the wrong kind. */
  public List<String> wrong() {
    return wrong;
  }

  /** All of it for a person, in one line. */
  public String message() {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("missing: " + String.join(", ", missing));
    }
    parts.addAll(messages);
    return String.join("; ", parts);
  }

  void missing(String path) {
    missing = missing.isEmpty() ? new ArrayList<>() : missing;
    missing.add(path);
  }

  /** Notes that what stands at a path is not what is wanted there. */
  public void wrong(String path, String wanted, JsonNode found) {
    if (wrong.isEmpty()) {
      wrong = new ArrayList<>();
      messages = new ArrayList<>();
    }
    wrong.add(path);
    messages.add(path + " must be " + wanted + ", found " + described(found));
  }

  private static String described(JsonNode found) {
    String kind = Kind.described(found.getNodeType());
    if (found.isContainerNode()) {
      return kind;
    }
    String shown = found.toString();
    return kind
        + " "
        + (shown.length() <= SHOWN_CHARACTERS
            ? shown
            : shown.substring(0, SHOWN_CHARACTERS) + "...");
  }
}
