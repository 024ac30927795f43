package dev.wadi.tap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bodies are wanted: {@code path=value}, {@code path!=value}, {@code path~part of it}, or
 * nothing for all. It is no language, since whoever asks is not to run anything here.
 */
final class TapFilter {

  private static final int LONGEST = 1_000;
  private static final Pattern FORM = Pattern.compile("([^=!~]+)(!=|=|~)(.*)", Pattern.DOTALL);
  private static final TapFilter ALL = new TapFilter(List.of(), "", "");

  private final List<String> path;
  private final String operator;
  private final String value;

  private TapFilter(List<String> path, String operator, String value) {
    this.path = path;
    this.operator = operator;
    this.value = value;
  }

  /**
   * Reads what a person asks for.
   *
   * @param text null or blank for all
   * @throws IllegalArgumentException that says what it must be
   */
  static TapFilter of(String text) {
    if (text == null || text.isBlank()) {
      return ALL;
    }
    Matcher form = FORM.matcher(text);
    if (text.length() > LONGEST || !form.matches()) {
      throw new IllegalArgumentException(
          "the filter must be path=value, path!=value or path~part, such as context.source=/ci");
    }
    return new TapFilter(
        List.of(form.group(1).strip().split("\\.")), form.group(2), form.group(3).strip());
  }

  /** Whether everything is wanted. */
  boolean isAll() {
    return path.isEmpty();
  }

  /** Whether a body is wanted. */
  boolean matches(JsonNode body) {
    JsonNode at = body;
    for (String name : path) {
      at = at == null ? null : at.get(name);
    }
    boolean there = at != null && !at.isNull();
    String text = there ? (at.isValueNode() ? at.asText() : at.toString()) : "";
    return switch (operator) {
      case "=" -> there && text.equals(value);
      case "~" -> there && text.contains(value);
      case "!=" -> !text.equals(value);
      default -> true;
    };
  }
}
