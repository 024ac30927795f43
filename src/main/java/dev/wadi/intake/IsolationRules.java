package dev.wadi.intake;

import dev.wadi.event.SetupException;

/**
 * When a delivery travels alone, and when a source gives up on it.
 *
 * @param after one that has failed alone so often, while others landed, becomes a dead letter; 0:
 *     never
 * @param receives from this delivery on it travels alone, since it may be what ends the process; 0:
 *     never
 * @param maxReceives one that is delivered more often becomes a dead letter unread; 0: never
 */
public record IsolationRules(int after, int receives, int maxReceives) {

  public IsolationRules {
    require(after >= 0, "isolateAfter of at least 0");
    require(receives >= 0, "isolateReceives of at least 0");
    require(maxReceives >= 0, "maxReceives of at least 0");
    require(
        receives == 0 || maxReceives == 0 || maxReceives >= receives,
        "maxReceives of at least isolateReceives, or 0");
  }

  /** Whether what is delivered the so-manieth time may have nothing else in its batch. */
  public boolean isToTravelAlone(int attempts) {
    return receives > 0 && attempts >= receives;
  }

  /** Whether it was delivered so often that it is not read any more. */
  public boolean isToBeGivenUp(int attempts) {
    return maxReceives > 0 && attempts > maxReceives;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("a source needs " + what);
    }
  }
}
