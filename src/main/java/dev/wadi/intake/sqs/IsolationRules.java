package dev.wadi.intake.sqs;

import dev.wadi.event.SetupException;

/**
 * When a message travels alone, and when a source gives up on it.
 *
 * @param after a message that has failed alone so often, while others landed, becomes a dead
 *     letter; 0: never
 * @param receives from this delivery on a message travels alone, since it may be what ends the
 *     process; 0: never
 * @param maxReceives a message that is delivered more often becomes a dead letter unread; 0: never
 */
record IsolationRules(int after, int receives, int maxReceives) {

  IsolationRules {
    require(after >= 0, "isolateAfter of at least 0");
    require(receives >= 0, "isolateReceives of at least 0");
    require(maxReceives >= 0, "maxReceives of at least 0");
    require(
        receives == 0 || maxReceives == 0 || maxReceives >= receives,
        "maxReceives of at least isolateReceives, or 0");
  }

  boolean isToTravelAlone(int attempts) {
    return receives > 0 && attempts >= receives;
  }

  boolean isToBeGivenUp(int attempts) {
    return maxReceives > 0 && attempts > maxReceives;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SetupException("wadi-sqs needs " + what);
    }
  }
}
