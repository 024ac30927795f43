package dev.wadi.simulator;

/**
 * How many of the emitted events are faulty, each as a share from 0 to 1. One emission has at most
 * one fault, so the shares add up to 1 at most.
 *
 * @param duplicates copies of a recent event, some with their members in another order
 * @param conflicts a recent event's id and source with another payload
 * @param malformed events that no decoder can accept
 * @param late events whose timestamp lies hours or days before their neighbours'
 */
public record FaultRates(double duplicates, double conflicts, double malformed, double late) {

  /** No faults at all. */
  public static final FaultRates NONE = new FaultRates(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a share is not within 0 and 1, or all exceed 1; the message
   *     says what to do
   */
  public FaultRates {
    requireShare("duplicates", duplicates);
    requireShare("conflicts", conflicts);
    requireShare("malformed", malformed);
    requireShare("late", late);
    if (duplicates + conflicts + malformed + late > 1) {
      throw new IllegalArgumentException(
          "the rates of duplicates, conflicts, malformed and late events add up to more than 1:"
              + " lower one of them");
    }
  }

  /** The share of emissions that the factory's own events make up. */
  double genuine() {
    return 1 - duplicates - conflicts - malformed;
  }

  private static void requireShare(String name, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "the rate of " + name + " is " + rate + ": give a number from 0 to 1, such as 0.01");
    }
  }
}
