package dev.wadi.simulator;

import java.util.Objects;
import java.util.Optional;

/**
 * What a simulation is determined by.
 *
 * @param scenario what is simulated
 * @param seed the same seed gives the same world, people, stories and ids
 * @param period the history to tell; empty if events are to carry the time of their emission
 * @param faults how many events are faulty
 */
public record SimulatorOptions(
    Scenario scenario, long seed, Optional<Period> period, FaultRates faults) {

  public SimulatorOptions {
    Objects.requireNonNull(scenario, "scenario");
    Objects.requireNonNull(period, "period");
    Objects.requireNonNull(faults, "faults");
  }

  /** Events that carry the time of their emission. */
  public static SimulatorOptions live(long seed, FaultRates faults) {
    return new SimulatorOptions(Scenario.CDEVENTS, seed, Optional.empty(), faults);
  }

  /** Events that tell the history of a period. */
  public static SimulatorOptions history(long seed, Period period, FaultRates faults) {
    return new SimulatorOptions(Scenario.CDEVENTS, seed, Optional.of(period), faults);
  }

  /** The same of another scenario; CDEvents otherwise. */
  public SimulatorOptions of(Scenario another) {
    return new SimulatorOptions(another, seed, period, faults);
  }
}
