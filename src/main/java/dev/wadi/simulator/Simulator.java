package dev.wadi.simulator;

import dev.wadi.simulator.Emission.Kind;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * An endless stream of events of a simulated software factory, in the order of their time, with
 * faults in between as wanted. Taken from by one thread at a time; the counts can be read by any.
 */
public final class Simulator {

  /** So many changes are under way at a time in a live simulation: each is through in minutes. */
  private static final double LIVE_CHANGES = 60;

  /** A history is at least so many times as long as a change is under way, so most get through. */
  private static final double CHANGES_IN_A_ROW = 20;

  private static final double MOST_CHANGES = 2_000;

  private static final int LEAST_LATE_MINUTES = 2 * 60;
  private static final int MOST_LATE_MINUTES = 3 * 24 * 60;

  private final Dice dice;
  private final FaultRates rates;
  private final Timeline timeline;
  private final Factory factory;
  private final Faults faults;
  private final Timestamps timestamps = new Timestamps();
  private final JsonText json = new JsonText();
  private final AtomicLongArray counts = new AtomicLongArray(Kind.values().length);
  private long emitted;

  /**
   * @param clock what tells the time of emission if the options name no period
   */
  public Simulator(SimulatorOptions options, Clock clock) {
    Dice seeds = new Dice(options.seed());
    factory = new Factory(seeds.split(), pace(options));
    faults = new Faults(seeds.split());
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
    factory.next().tell(json.clear(), timestamps.format(micros));
    byte[] bytes = json.bytes();
    faults.remember(bytes);
    return bytes;
  }

  private long lateness() {
    return dice.between(LEAST_LATE_MINUTES, MOST_LATE_MINUTES) * 60_000_000L;
  }

  /** The mean time of the simulation between two changes, so that durations come out natural. */
  private static double pace(SimulatorOptions options) {
    double shortest = Factory.CHANGE_MILLIS / MOST_CHANGES;
    if (options.period().isEmpty()) {
      return Factory.CHANGE_MILLIS / LIVE_CHANGES;
    }
    Period period = options.period().get();
    double events = period.events() * options.faults().genuine();
    double changes = Math.max(1, events / Factory.STEPS_PER_CHANGE);
    double millis = Math.max(period.length().toMillis(), CHANGES_IN_A_ROW * Factory.CHANGE_MILLIS);
    return Math.max(shortest, millis / changes);
  }
}
