package dev.wadi.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.Supplier;

/**
 * The terms of the law of conservation at one moment, of one source or of several.
 *
 * @param redelivered outside the law: deliveries that an earlier commit had accounted for
 */
public record Totals(
    long received,
    long returned,
    long landed,
    long duplicates,
    long conflicts,
    long rejected,
    long filtered,
    long redelivered,
    @JsonProperty("in_flight") long inFlight) {

  static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final int LOOKS = 5;

  /** What was received and not given back. */
  public long taken() {
    return received - returned;
  }

  /** What has an outcome. */
  public long accounted() {
    return landed + duplicates + conflicts + rejected + filtered;
  }

  /** Whether the law holds. */
  @JsonProperty("balanced")
  public boolean balanced() {
    return taken() == accounted() + inFlight;
  }

  Totals plus(Totals other) {
    return new Totals(
        received + other.received,
        returned + other.returned,
        landed + other.landed,
        duplicates + other.duplicates,
        conflicts + other.conflicts,
        rejected + other.rejected,
        filtered + other.filtered,
        redelivered + other.redelivered,
        inFlight + other.inFlight);
  }

  /**
   * Looks again a few times if a look does not balance: the terms are counters of their own, and a
   * commit may have raised some of them when the look was taken.
   */
  static Totals steady(Supplier<Totals> look) {
    Totals totals = look.get();
    for (int i = 1; i < LOOKS && !totals.balanced(); i++) {
      totals = look.get();
    }
    return totals;
  }
}
