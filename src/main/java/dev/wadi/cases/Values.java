package dev.wadi.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether a value is the one that is expected. */
final class Values {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MATCHES = "matches";
  private static final String CONTAINS = "contains";

  private Values() {}

  /**
   * Compares.
   *
   * @param expected a value; or {@code {matches: pattern}} or {@code {contains: part}} for texts;
   *     or an object or array for a text that is JSON, whose objects may have more members
   * @param came null: there is none
   */
  static boolean agree(JsonNode expected, JsonNode came) {
    if (expected.isNull()) {
      return came == null || came.isNull();
    }
    if (came == null || came.isNull()) {
      return false;
    }
    if (isRule(expected, CONTAINS)) {
      return came.asText().contains(expected.get(CONTAINS).asText());
    }
    if (isRule(expected, MATCHES)) {
      return Pattern.compile(expected.get(MATCHES).asText(), Pattern.DOTALL)
          .matcher(came.asText())
          .matches();
    }
    if (expected.isContainerNode()) {
      return contains(expected, came.isTextual() ? parsed(came.asText()) : came);
    }
    if (expected.isNumber() && came.isNumber()) {
      return expected.decimalValue().compareTo(came.decimalValue()) == 0;
    }
    return expected.equals(came)
        || expected.isTextual() && came.isTextual() && isSameTime(expected, came);
  }

  /**
   * How values differ that don't {@linkplain #agree agree}: of a text that is JSON, the members
   * that do not, by their paths.
   */
  static List<Difference.Column> differences(String name, JsonNode expected, JsonNode came) {
    JsonNode inside =
        came != null && came.isTextual() && expected.isObject() ? parsed(came.asText()) : came;
    if (!expected.isObject()
        || isRule(expected, CONTAINS)
        || isRule(expected, MATCHES)
        || inside == null
        || !inside.isObject()) {
      return List.of(new Difference.Column(name, expected, came));
    }
    List<Difference.Column> differences = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      JsonNode of = inside.get(member.getKey());
      if (!agree(member.getValue(), of)) {
        differences.addAll(differences(name + "." + member.getKey(), member.getValue(), of));
      }
    }
    return differences;
  }

  /** What is wrong with an expected value or inside of it; null if nothing is. */
  static String flaw(JsonNode expected) {
    if (isRule(expected, MATCHES)) {
      try {
        Pattern.compile(expected.get(MATCHES).asText());
      } catch (PatternSyntaxException e) {
        return "'" + e.getPattern() + "' is no regular expression (" + e.getDescription() + ")";
      }
    }
    for (JsonNode inside : expected) {
      String flaw = flaw(inside);
      if (flaw != null) {
        return flaw;
      }
    }
    return null;
  }

  private static boolean isRule(JsonNode expected, String name) {
    return expected instanceof ObjectNode rule && rule.size() == 1 && rule.path(name).isTextual();
  }

  private static boolean contains(JsonNode expected, JsonNode came) {
    if (expected.isObject()) {
      if (!came.isObject()) {
        return false;
      }
      return expected.properties().stream()
          .allMatch(member -> agree(member.getValue(), came.get(member.getKey())));
    }
    if (!came.isArray() || came.size() != expected.size()) {
      return false;
    }
    for (int n = 0; n < expected.size(); n++) {
      if (!agree(expected.get(n), came.get(n))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static boolean isSameTime(JsonNode expected, JsonNode came) {
    String wanted = expected.textValue();
    String got = came.textValue();
    if (wanted.indexOf('T') != 10 || got.indexOf('T') != 10) {
      return false;
    }
    try {
      return OffsetDateTime.parse(wanted).isEqual(OffsetDateTime.parse(got));
    } catch (DateTimeException e) {
      return false;
    }
  }
}
