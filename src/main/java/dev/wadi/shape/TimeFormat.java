package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A way to write a time. */
sealed interface TimeFormat permits Iso8601, PatternTime, UnixTime {

  /** The time that stands there, or null if it isn't written this way. */
  Instant read(JsonNode value);

  /** What a value must be, for messages: {@code ISO 8601 such as ...}. */
  String wanted();

  /** Whether a JSON number can be such a time. */
  boolean takesNumbers();

  /**
   * The format of this name, or of this pattern.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static TimeFormat of(String name) {
    return switch (name) {
      case "iso8601" -> new Iso8601();
      case "unix-seconds" -> new UnixTime(0);
      case "unix-millis" -> new UnixTime(3);
      default -> new PatternTime(name);
    };
  }
}
