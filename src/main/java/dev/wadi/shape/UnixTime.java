package dev.wadi.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * Time since 1970 in UTC, as a number or as text with one: {@code 1712511721}, {@code
 * 1712511721.022075}.
 *
 * @param decimals by how many decimal places the unit is smaller than a second: 3 for milliseconds
 */
record UnixTime(int decimals) implements TimeFormat {

  /** Well above what a time needs, so that no text makes a number that takes long to work with. */
  private static final int MAX_DIGITS = 40;

  @Override
  public Instant read(JsonNode value) {
    BigDecimal number = number(value);
    if (number == null) {
      return null;
    }
    BigDecimal seconds = number.movePointLeft(decimals);
    if (seconds.abs().compareTo(TimeRule.MAX_SECONDS) > 0) {
      return null;
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    long nanos =
        seconds.subtract(whole).movePointRight(9).setScale(0, RoundingMode.FLOOR).longValue();
    return Instant.ofEpochSecond(whole.longValue(), nanos);
  }

  @Override
  public String wanted() {
    return decimals == 0 ? "a time in unix seconds" : "a time in unix milliseconds";
  }

  @Override
  public boolean takesNumbers() {
    return true;
  }

  private static BigDecimal number(JsonNode value) {
    if (value.isIntegralNumber()) {
      return BigDecimal.valueOf(value.longValue());
    }
    if (value.isNumber()) {
      // the shortest decimal that means this double: what was written
      return BigDecimal.valueOf(value.doubleValue());
    }
    String text = value.isTextual() ? value.textValue() : "";
    if (text.length() > MAX_DIGITS || !isPlainNumber(text)) {
      return null;
    }
    return new BigDecimal(text);
  }

  private static boolean isPlainNumber(String text) {
    int point = text.indexOf('.');
    int from = text.startsWith("-") ? 1 : 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (i != point || i == from || i == text.length() - 1)) {
        return false;
      }
    }
    return text.length() > from;
  }
}
