package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.simulator.Emission;
import dev.wadi.simulator.Emission.Kind;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Period;
import dev.wadi.simulator.Scenario;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wadi simulate}: writes simulated events as JSON lines. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes simulated events to standard output, one a line: CDEvents of a software factory,",
      "named events of an online shop, or what the visitors of a website do.",
      "The same options give the same bytes."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done, or the reader has had enough", "1:the output failed", "2:wrong usage"})
public final class SimulateCommand implements Callable<Integer> {

  /** Fixed, since the output depends on the options alone. */
  private static final String DEFAULT_UNTIL = "2026-11-01T00:00:00Z";

  private static final int BUFFER = 1 << 18;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      required = true,
      paramLabel = "N",
      description = "How many events to write, faulty ones included.")
  private long events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another seed gives another history (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "cdevents",
      description = "cdevents, named-events or web-sessions (default: ${DEFAULT-VALUE}).")
  private String kind;

  @Option(
      names = "--days",
      paramLabel = "D",
      description = "Spread the events over D days. Without it there are 50,000 a day.")
  private Integer days;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      defaultValue = DEFAULT_UNTIL,
      description = "When the history ends (default: ${DEFAULT-VALUE}).")
  private Instant until;

  @Option(
      names = "--duplicates",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Share of events that are copies of earlier ones, 0 to 1 (default: 0).")
  private double duplicates;

  @Option(
      names = "--conflicts",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Share of events with an earlier one's id and another payload (default: 0).")
  private double conflicts;

  @Option(
      names = "--malformed",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Share of events that nobody can decode (default: 0).")
  private double malformed;

  @Option(
      names = "--late",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Share of events that come hours or days after their time (default: 0).")
  private double late;

  private final OutputStream out;

  /** Writes to standard output. */
  public SimulateCommand() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  SimulateCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    // System.out would swallow the errors that tell that the reader has gone
    OutputStream lines = new BufferedOutputStream(out, BUFFER);
    Simulator simulator = new Simulator(options(), Clock.systemUTC());
    try {
      for (long i = 0; i < events; i++) {
        Emission emission = simulator.next();
        lines.write(emission.bytes());
        lines.write('\n');
      }
      lines.flush();
    } catch (IOException e) {
      return endedBy(e);
    }
    spec.commandLine().getErr().println(summary(simulator));
    return 0;
  }

  private SimulatorOptions options() {
    try {
      Period period =
          days == null ? Period.atUsualPace(until, events) : Period.ofDays(days, until, events);
      FaultRates faults = new FaultRates(duplicates, conflicts, malformed, late);
      return SimulatorOptions.history(seed, period, faults).of(Scenario.named(kind));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** A reader like {@code head} that closes the pipe has what it wanted. */
  private static int endedBy(IOException error) {
    String message = String.valueOf(error.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("pipe")) {
      return 0;
    }
    throw new SetupException(
        "standard output takes no more events (" + message + "): send it elsewhere", error);
  }

  private String summary(Simulator simulator) {
    return String.format(
        Locale.ROOT,
        "simulated %,d events: %,d genuine, %,d late, %,d duplicates, %,d conflicts, %,d malformed",
        events,
        simulator.count(Kind.GENUINE),
        simulator.count(Kind.LATE),
        simulator.count(Kind.DUPLICATE),
        simulator.count(Kind.CONFLICT),
        simulator.count(Kind.MALFORMED));
  }
}
