package dev.wadi.simulator;

import java.time.LocalDate;

/**
 * Writes times as ISO 8601 in UTC with six decimals. The day is formatted when it changes only,
 * since a formatter would take as long as the rest of an event. Not thread-safe.
 */
final class Timestamps {

  private static final long DAY = 86_400_000_000L;
  private static final String TIME = "T00:00:00.000000Z";

  private final StringBuilder text = new StringBuilder();
  private long day = Long.MIN_VALUE;

  /**
   * @param micros microseconds since 1970
   */
  String format(long micros) {
    long wanted = Math.floorDiv(micros, DAY);
    if (wanted != day) {
      day = wanted;
      text.setLength(0);
      text.append(LocalDate.ofEpochDay(day)).append(TIME);
    }
    long ofDay = Math.floorMod(micros, DAY);
    int end = text.length() - 1;
    digits(end, 6, (int) (ofDay % 1_000_000));
    int second = (int) (ofDay / 1_000_000);
    digits(end - 7, 2, second % 60);
    digits(end - 10, 2, second / 60 % 60);
    digits(end - 13, 2, second / 3_600);
    return text.toString();
  }

  private void digits(int end, int count, int number) {
    for (int i = 1; i <= count; i++) {
      text.setCharAt(end - i, (char) ('0' + number % 10));
      number /= 10;
    }
  }
}
