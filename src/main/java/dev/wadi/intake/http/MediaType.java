package dev.wadi.intake.http;

import java.util.Locale;
import java.util.Set;

/**
 * What a body is, as its Content-Type says.
 *
 * @param text as it was sent, with its parameters; empty if there was none
 * @param name type and subtype in lower case
 */
record MediaType(String text, String name) {

  static final MediaType NONE = new MediaType("", "");

  static final String CLOUD_EVENT = "application/cloudevents+json";
  static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private static final String ANY_CLOUD_EVENT = "application/cloudevents";
  private static final Set<String> LINES =
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/jsonlines",
          "application/x-jsonlines");

  /**
   * @param header null if there is none
   */
  static MediaType of(String header) {
    if (header == null || header.isBlank()) {
      return NONE;
    }
    int parameters = header.indexOf(';');
    String name = parameters < 0 ? header : header.substring(0, parameters);
    return new MediaType(header.trim(), name.trim().toLowerCase(Locale.ROOT));
  }

  boolean isNone() {
    return name.isEmpty();
  }

  boolean isJson() {
    return name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
  }

  boolean isText() {
    return name.startsWith("text/") || name.equals("application/xml") || name.endsWith("+xml");
  }

  boolean isLines() {
    return LINES.contains(name);
  }

  /** Whether it is a CloudEvent, or several, in whatever format. */
  boolean isCloudEvent() {
    return name.startsWith(ANY_CLOUD_EVENT);
  }

  /** Whether it says that its text is in another encoding than UTF-8. */
  boolean isForeignText() {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = lower.indexOf("charset=");
    if (at < 0) {
      return false;
    }
    String charset = lower.substring(at + "charset=".length()).replaceAll("[\";].*|^\"", "");
    return !Set.of("utf-8", "utf8", "us-ascii", "").contains(charset.trim());
  }
}
