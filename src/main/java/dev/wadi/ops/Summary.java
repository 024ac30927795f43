package dev.wadi.ops;

import java.time.Duration;
import java.util.Locale;

/**
 * What a run that ends has done, for its last line.
 *
 * @param totals over the sources that bring events in
 * @param files how many files were put into the lake
 * @param took from start to end
 */
public record Summary(Totals totals, long files, Duration took) {

  /** One JSON object, without a line's end. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"received\":%d,\"landed\":%d,\"duplicates\":%d,\"conflicts\":%d,\"rejected\":%d,"
            + "\"filtered\":%d,\"files\":%d,\"seconds\":%.3f}",
        totals.taken(),
        totals.landed(),
        totals.duplicates(),
        totals.conflicts(),
        totals.rejected(),
        totals.filtered(),
        files,
        took.toMillis() / 1e3);
  }

  /** A few words for a person, without a line's end. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "received %,d = landed %,d + duplicates %,d + conflicts %,d + rejected %,d + filtered %,d"
            + "%s (%,d files, %.1f s)",
        totals.taken(),
        totals.landed(),
        totals.duplicates(),
        totals.conflicts(),
        totals.rejected(),
        totals.filtered(),
        totals.inFlight() == 0
            ? ""
            : String.format(Locale.ROOT, " + in flight %,d", totals.inFlight()),
        files,
        took.toMillis() / 1e3);
  }
}
