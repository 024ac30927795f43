package dev.wadi;

import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Rate;
import dev.wadi.simulator.Scenario;
import dev.wadi.simulator.SimulateStep;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.security.SecureRandom;
import java.time.Clock;

/** Makes the simulator that the settings ask for. */
final class Simulation {

  /** At the rate {@code max}, with the usual five ticks a second, more than a queue takes in. */
  private static final int MOST_PER_TICK = 5_000;

  private Simulation() {}

  static SimulateStep of(Settings settings, Clock clock) {
    long seed = settings.number(Setting.SIMULATOR_SEED);
    if (seed == 0) {
      // a restart with the same seed would bring the same ids with other times: all conflicts
      seed = new SecureRandom().nextLong();
    }
    int days = settings.count(Setting.SIMULATOR_DAYS);
    long events = settings.count(Setting.SIMULATOR_EVENTS);
    FaultRates faults =
        new FaultRates(
            settings.ratio(Setting.SIMULATOR_DUPLICATES),
            settings.ratio(Setting.SIMULATOR_CONFLICTS),
            settings.ratio(Setting.SIMULATOR_MALFORMED),
            settings.ratio(Setting.SIMULATOR_LATE));
    SimulatorOptions options =
        days == 0
            ? SimulatorOptions.live(seed, faults)
            : SimulatorOptions.history(
                seed,
                Period.ofDays(
                    days, clock.instant(), events == 0 ? days * Period.EVENTS_PER_DAY : events),
                faults);
    double rate = settings.rate(Setting.SIMULATOR_RATE);
    Simulator simulator = new Simulator(options.of(scenario(settings)), clock);
    Rate pace =
        Double.isInfinite(rate)
            ? Rate.perTick(MOST_PER_TICK)
            : Rate.perSecond(rate, System::nanoTime);
    long last = events == 0 ? Long.MAX_VALUE : events;
    return switch (settings.text(Setting.SIMULATOR_TO)) {
      case "files" -> SimulateStep.ofFiles(simulator, pace, last);
      case "stream" -> new SimulateStep(simulator, pace, last, Integer.MAX_VALUE);
      default -> new SimulateStep(simulator, pace, last, SimulateStep.MOST_SINGLES);
    };
  }

  static Scenario scenario(Settings settings) {
    return Scenario.named(settings.text(Setting.SIMULATOR_KIND));
  }
}
