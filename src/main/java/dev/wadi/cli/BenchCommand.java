package dev.wadi.cli;

import dev.wadi.bench.Bench;
import dev.wadi.bench.BenchJson;
import dev.wadi.bench.BenchReport;
import dev.wadi.bench.BenchText;
import dev.wadi.bench.Workload;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wadi bench}: the speed of this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast this machine ingests, beside DuckDB's bare run.",
      "Simulates events, ingests them, and lets DuckDB copy the same file into",
      "Parquet without any of Wadi's checks, each in a JVM of its own. Prints how they",
      "compare, and where the time of the ingest goes. 2,000,000 events need 4 GB of",
      "disk; see docs/benchmarks.md."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:measured, whatever the figures", "1:failed", "2:wrong usage"})
public final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "How many events (default: ${DEFAULT-VALUE}).")
  private long events;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "1",
      description = "Spread them over D days: more partitions (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another seed gives other events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--duplicates",
      paramLabel = "RATE",
      defaultValue = "0.01",
      description = "Share of events that are copies, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double duplicates;

  @Option(
      names = "--conflicts",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description =
          "Share of events with another's id and another payload (default: ${DEFAULT-VALUE}).")
  private double conflicts;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Measure N times and take the median (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to make a folder for it all (default: the system's temporary files).")
  private Path dir;

  @Option(names = "--keep", description = "Leave that folder instead of deleting it at the end.")
  private boolean keep;

  @Option(names = "--json", description = "Write the report as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (runs < 1) {
      throw new ParameterException(spec.commandLine(), "--runs is " + runs + ": give 1 or more");
    }
    Bench bench =
        new Bench(workload(), runs, step -> spec.commandLine().getErr().println("bench: " + step));
    BenchReport report = bench.run(dir, keep);
    if (json) {
      System.out.println(BenchJson.of(report));
    } else {
      System.out.print(BenchText.of(report));
    }
    System.out.flush();
    return 0;
  }

  private Workload workload() {
    try {
      return new Workload(events, days, seed, duplicates, conflicts);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
