package dev.wadi.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * A period, filled from end to end, denser in working hours than at night and on weekends (UTC).
 */
final class PeriodTimeline implements Timeline {

  private static final long HOUR = 3_600_000_000L;

  private final Dice dice;
  private final Period period;
  private final long from;
  private final long until;

  /** At [h] the work that is done before the period's hour h; the last is all of it. */
  private final double[] done;

  PeriodTimeline(Period period, Dice dice) {
    this.dice = dice;
    this.period = period;
    this.from = micros(period.from());
    this.until = micros(period.until());
    this.done = new double[(int) ((until - from + HOUR - 1) / HOUR) + 1];
    for (int hour = 0; hour + 1 < done.length; hour++) {
      long start = from + hour * HOUR;
      double share = (double) Math.min(HOUR, until - start) / HOUR;
      done[hour + 1] = done[hour] + share * activity(start);
    }
  }

  @Override
  public long micros(long index) {
    if (index >= period.events()) {
      return until
          + (long) ((index - period.events()) * ((double) (until - from) / period.events()));
    }
    double work = (index + dice.share()) / period.events() * done[done.length - 1];
    int found = Arrays.binarySearch(done, work);
    int hour = Math.min(found >= 0 ? found : -found - 2, done.length - 2);
    long start = from + hour * HOUR;
    double share = (work - done[hour]) / (done[hour + 1] - done[hour]);
    return start + (long) (share * (Math.min(start + HOUR, until) - start));
  }

  private static double activity(long micros) {
    ZonedDateTime time = Instant.ofEpochSecond(micros / 1_000_000).atZone(ZoneOffset.UTC);
    boolean weekend = time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    boolean day = time.getHour() >= 7 && time.getHour() < 19;
    return weekend ? 0.5 : day ? 1.5 : 0.7;
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
