package dev.wadi.intake.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the specification of CloudEvents asks of an event's attributes. */
final class Attributes {

  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
  private static final Set<String> VERSIONS = Set.of("1.0", "0.3");

  /**
   * What is wrong.
   *
   * @param attribute which of them
   * @param detail completes the attribute's name to a sentence
   */
  record Fault(String attribute, String detail) {}

  private Attributes() {}

  /**
   * The first thing that is wrong, or null.
   *
   * @param values the text of each attribute that is there
   */
  static Fault check(Map<String, String> values) {
    for (String name : REQUIRED) {
      String value = values.get(name);
      if (value == null) {
        return new Fault(name, "is missing");
      }
      if (value.isEmpty()) {
        return new Fault(name, "is empty");
      }
    }
    if (!VERSIONS.contains(values.get("specversion"))) {
      return new Fault("specversion", "must be 1.0 or 0.3");
    }
    String time = values.get("time");
    return time == null || isTime(time) ? null : new Fault("time", "must be a time of RFC 3339");
  }

  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
