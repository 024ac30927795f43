package dev.wadi.simulator;

import dev.wadi.simulator.Emission.Kind;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * An endless stream of events of a simulated world, in the order of their time, with faults in
 * between as wanted. Taken from by one thread at a time; the counts can be read by any.
 */
public final class Simulator {

  private static final int LEAST_LATE_MINUTES = 2 * 60;
  private static final int MOST_LATE_MINUTES = 3 * 24 * 60;

  private final Dice dice;
  private final FaultRates rates;
  private final Timeline timeline;
  private final World world;
  private final Faults faults;
  private final JsonText json = new JsonText();
  private final AtomicLongArray counts = new AtomicLongArray(Kind.values().length);
  private long emitted;

  /**
   * @param clock what tells the time of emission if the options name no period
   */
  public Simulator(SimulatorOptions options, Clock clock) {
    Dice seeds = new Dice(options.seed());
    Scenario scenario = options.scenario();
    world = scenario.world(seeds.split(), scenario.millisToNext(options));
    faults = new Faults(scenario, seeds.split());
    dice = seeds.split();
    rates = options.faults();
    timeline =
        options
            .period()
            .<Timeline>map(period -> new PeriodTimeline(period, seeds.split()))
            .orElseGet(() -> new LiveTimeline(clock));
  }

  /** The next event; never null, there is always a next one. */
  public Emission next() {
    long micros = timeline.micros(emitted++);
    Emission emission = emission(kind(), micros);
    counts.getAndIncrement(emission.kind().ordinal());
    return emission;
  }

  /** How many emissions of a kind there were. */
  public long count(Kind kind) {
    return counts.get(kind.ordinal());
  }

  private Kind kind() {
    double share = dice.share();
    if ((share -= rates.late()) < 0) {
      return Kind.LATE;
    }
    if (!faults.isPossible()) {
      return Kind.GENUINE;
    }
    if ((share -= rates.duplicates()) < 0) {
      return Kind.DUPLICATE;
    }
    if ((share -= rates.conflicts()) < 0) {
      return Kind.CONFLICT;
    }
    return share - rates.malformed() < 0 ? Kind.MALFORMED : Kind.GENUINE;
  }

  private Emission emission(Kind kind, long micros) {
    return switch (kind) {
      case GENUINE -> new Emission(tell(micros), kind, true);
      case LATE -> new Emission(tell(micros - lateness()), kind, true);
      case DUPLICATE -> faults.duplicate();
      case CONFLICT -> faults.conflict();
      case MALFORMED -> faults.malformed();
    };
  }

  private byte[] tell(long micros) {
    world.tell(json.clear(), micros);
    byte[] bytes = json.bytes();
    faults.remember(bytes);
    return bytes;
  }

  private long lateness() {
    return dice.between(LEAST_LATE_MINUTES, MOST_LATE_MINUTES) * 60_000_000L;
  }
}
