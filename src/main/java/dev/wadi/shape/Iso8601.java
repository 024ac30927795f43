package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * ISO 8601 as RFC 3339 narrows it: {@code 2026-11-21T12:00:00.123456Z}, with a space for the T,
 * without seconds, with an offset ({@code +01:00}, {@code +0100}, {@code +01}), or without a zone,
 * which means UTC. By hand, since it is read for every event and java.time's formatter takes longer
 * than the rest of the event.
 */
final class Iso8601 implements TimeFormat {

  private static final int[] POWERS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  @Override
  public Instant read(JsonNode value) {
    return value.isTextual() ? read(value.textValue()) : null;
  }

  @Override
  public String wanted() {
    return "a time in ISO 8601 such as 2026-11-21T12:00:00Z";
  }

  @Override
  public boolean takesNumbers() {
    return false;
  }

  private static Instant read(String text) {
    int length = text.length();
    if (length < 16 || !hasSeparators(text)) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = 0;
    int nanos = 0;
    int at = 16;
    if (at < length && text.charAt(at) == ':') {
      second = number(text, 17, 19);
      at = 19;
      if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
        int end = digitsEnd(text, at + 1);
        if (end == at + 1) {
          return null;
        }
        int used = Math.min(end - at - 1, 9);
        nanos = number(text, at + 1, at + 1 + used) * POWERS[used];
        at = end;
      }
    }
    int offset = offsetSeconds(text, at);
    // a negative number is one that wasn't there
    if ((year | month | day | hour | minute | second) < 0
        || hour > 23
        || minute > 59
        || second > 59
        || offset == Integer.MIN_VALUE) {
      return null;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return Instant.ofEpochSecond(
          days * 86_400 + hour * 3_600 + minute * 60 + second - offset, nanos);
    } catch (DateTimeException e) {
      // no such month or day
      return null;
    }
  }

  private static boolean hasSeparators(String text) {
    char t = text.charAt(10);
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && (t == 'T' || t == ' ' || t == 't')
        && text.charAt(13) == ':';
  }

  /** The offset that the text ends with, or {@link Integer#MIN_VALUE} if it ends otherwise. */
  private static int offsetSeconds(String text, int at) {
    int left = text.length() - at;
    if (left == 0) {
      return 0;
    }
    char sign = text.charAt(Math.min(at, text.length() - 1));
    if (left == 1 && (sign == 'Z' || sign == 'z')) {
      return 0;
    }
    boolean colon = left == 6 && text.charAt(at + 3) == ':';
    if ((sign != '+' && sign != '-') || !(left == 3 || left == 5 || colon)) {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = left == 3 ? 0 : number(text, text.length() - 2, text.length());
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The number of at most nine digits that stands there, or -1 if none does. */
  private static int number(String text, int from, int to) {
    if (to > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
