package dev.wadi.land;

import dev.wadi.ops.HealthCheck;
import java.util.function.BooleanSupplier;

/**
 * What keeps commits from being made of what waits, or from being settled. No batch fails by it, so
 * no source has it to say. Thread-safe.
 */
final class LandingHealth {

  private final BooleanSupplier nothingWaits;
  private volatile String uncut;
  private volatile String unsettled;

  /**
   * @param nothingWaits then it hinders nothing that no commit could be made of what waited before
   */
  LandingHealth(BooleanSupplier nothingWaits) {
    this.nothingWaits = nothingWaits;
  }

  void cut() {
    uncut = null;
  }

  void cannotCut(Throwable why) {
    uncut = reason(why);
  }

  void settled() {
    unsettled = null;
  }

  void cannotSettle(Throwable why) {
    unsettled = reason(why);
  }

  /** Down with the reason of the last failure that nothing has followed. */
  HealthCheck.Result check() {
    String settling = unsettled;
    if (settling != null) {
      return HealthCheck.down("a commit can't be settled: " + settling);
    }
    String cutting = nothingWaits.getAsBoolean() ? null : uncut;
    return cutting == null
        ? HealthCheck.up("commits are made of what waits")
        : HealthCheck.down("no commit can be made of what waits: " + cutting);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.replaceAll("\\s+", " ");
  }
}
