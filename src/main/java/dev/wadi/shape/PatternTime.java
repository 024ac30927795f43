package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Time by a pattern of {@link DateTimeFormatter}. No zone in the pattern means UTC, no time of day
 * means midnight.
 */
final class PatternTime implements TimeFormat {

  private final String pattern;
  private final DateTimeFormatter format;

  PatternTime(String pattern) {
    this.pattern = pattern;
    this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    if (parse(sample()) == null) {
      throw new IllegalArgumentException("it has no year, month and day");
    }
  }

  @Override
  public Instant read(JsonNode value) {
    return value.isTextual() ? parse(value.textValue()) : null;
  }

  @Override
  public String wanted() {
    return "a time like " + pattern;
  }

  @Override
  public boolean takesNumbers() {
    return false;
  }

  private String sample() {
    try {
      return format.withZone(ZoneOffset.UTC).format(Instant.EPOCH);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private Instant parse(String text) {
    try {
      TemporalAccessor time =
          format.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
      if (time instanceof ZonedDateTime zoned) {
        return zoned.toInstant();
      }
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : ((LocalDate) time).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // not of this pattern: a bad event, not an error
      return null;
    }
  }
}
