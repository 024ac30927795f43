package dev.wadi.land;

import dev.wadi.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where rows go in the lake. Values that come from events are escaped, so that none leaves its
 * folder.
 */
final class ObjectKeys {

  /**
   * What S3 allows for a whole key is 1,024 bytes; a partition's value gets a fair part of that.
   */
  private static final int MAX_VALUE_LENGTH = 400;

  private ObjectKeys() {}

  /** The folder of an event, by its type and the day on which it happened (UTC). */
  static String events(Event event) {
    return events(event.type(), event.time());
  }

  /** The folder of an event of this type and time. */
  static String events(String type, Instant time) {
    return "events/event_type=" + escape(type) + "/event_date=" + day(time) + "/";
  }

  /** The folder of a row of the other tables, by the day of receipt (UTC). */
  static String received(String table, Instant receivedAt) {
    return table + "/received_date=" + day(receivedAt) + "/";
  }

  /**
   * Percent-encodes every byte that isn't an ASCII letter, digit, {@code _}, {@code -} or {@code
   * .}, as readers of Hive partitions decode it. What remains too long is cut; the column holds it
   * whole.
   */
  static String escape(String value) {
    if (value.equals(".") || value.equals("..")) {
      return value.replace(".", "%2E");
    }
    StringBuilder escaped = new StringBuilder(value.length());
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (escaped.length() > MAX_VALUE_LENGTH) {
        break;
      }
      char character = (char) (octet & 0xff);
      boolean plain =
          character >= 'a' && character <= 'z'
              || character >= 'A' && character <= 'Z'
              || character >= '0' && character <= '9'
              || character == '_'
              || character == '-'
              || character == '.';
      if (plain) {
        escaped.append(character);
      } else {
        escaped.append(String.format("%%%02X", (int) character));
      }
    }
    return escaped.toString();
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
