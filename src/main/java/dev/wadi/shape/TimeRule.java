package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/** Where the time of an event stands and how it is written. */
public final class TimeRule {

  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** No time in range is farther from 1970 than this. */
  static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(LAST_SECOND + 1);

  private final JsonPath path;
  private final TimeFormat format;

  TimeRule(JsonPath path, TimeFormat format) {
    this.path = path;
    this.format = format;
  }

  public JsonPath path() {
    return path;
  }

  /**
   * The time that stands there, cut off to microseconds, which is what the lake holds.
   *
   * @return null if it isn't written in the shape's format or isn't in the years 1 to 9999
   */
  public Instant read(JsonNode value) {
    Instant time = format.read(value);
    if (time == null
        || time.getEpochSecond() < FIRST_SECOND
        || time.getEpochSecond() > LAST_SECOND) {
      return null;
    }
    int nanos = time.getNano();
    return nanos % 1_000 == 0 ? time : time.minusNanos(nanos % 1_000);
  }

  /** What a value must be, for messages. */
  public String wanted() {
    return format.wanted();
  }

  boolean takesNumbers() {
    return format.takesNumbers();
  }
}
