package dev.wadi.bench;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the events, and measures all contestants on them in turn, as often as told. */
public final class Bench {

  private static final String INPUT = "events.jsonl";
  private static final String OUTPUT = "out";

  private final Workload workload;
  private final int runs;
  private final Consumer<String> progress;

  /**
   * @param runs how often each is measured; the median by the clock counts
   * @param progress told what is being done
   */
  public Bench(Workload workload, int runs, Consumer<String> progress) {
    this.workload = workload;
    this.runs = runs;
    this.progress = progress;
  }

  /**
   * @param parent where to make a folder for it, or null for the system's of temporary files
   * @param keep whether to leave the events and what the last runs wrote
   * @throws SetupException if there is no room, or an ingest fails
   */
  public BenchReport run(Path parent, boolean keep) throws InterruptedException {
    try (BenchFolder folder = new BenchFolder(parent, keep);
        ChildJvm jvm = new ChildJvm()) {
      // Ctrl-C leaves neither a process nor gigabytes behind
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    jvm.kill();
                    folder.end();
                  }));
      BenchReport report = run(folder, jvm);
      if (keep) {
        progress.accept("kept " + folder.path(""));
      }
      return report;
    }
  }

  private BenchReport run(BenchFolder folder, ChildJvm jvm) throws InterruptedException {
    Path input = folder.path(INPUT);
    progress.accept(String.format(Locale.ROOT, "simulating %,d events", workload.events()));
    try {
      workload.write(input);
      Map<Contestant, List<Measured>> all = new EnumMap<>(Contestant.class);
      for (int run = 1; run <= runs; run++) {
        for (Contestant contestant : Contestant.values()) {
          progress.accept(contestant.title() + ", run " + run + " of " + runs);
          all.computeIfAbsent(contestant, absent -> new ArrayList<>())
              .add(measure(contestant, input, folder, jvm));
        }
      }
      Map<Contestant, Measured> medians = new EnumMap<>(Contestant.class);
      all.forEach((contestant, measured) -> medians.put(contestant, median(measured)));
      return new BenchReport(workload, runs, Files.size(input), Machine.here(), medians);
    } catch (IOException | SQLException e) {
      throw new SetupException(
          "the benchmark can't go on (" + e + "): make room, or choose another --dir", e);
    }
  }

  private Measured measure(Contestant contestant, Path input, BenchFolder folder, ChildJvm jvm)
      throws InterruptedException, IOException, SQLException {
    String name = OUTPUT + "-" + contestant.name().toLowerCase(Locale.ROOT);
    folder.delete(name);
    Path out = folder.path(name);
    ChildJvm.Ended ended = jvm.run(command(contestant, input, out));
    if (ended.exitCode() != 0 || ended.report().isEmpty()) {
      String why = ended.lastLine().replaceFirst("^wadi: ", "");
      if (contestant == Contestant.INGEST) {
        throw new SetupException("the ingest ended with " + ended.exitCode() + ": " + why);
      }
      return Measured.failed(
          ended.seconds(), why.startsWith("Out of Memory") ? "out of memory" : why);
    }
    SelfReport report = ended.report().get();
    if (report.events() != workload.events()) {
      throw new SetupException(
          contestant.title() + " took " + report.events() + " of " + workload.events() + " events");
    }
    Path lake = contestant == Contestant.INGEST ? out.resolve("lake") : out;
    return new Measured(ended.seconds(), report, Written.in(lake), null);
  }

  private static List<String> command(Contestant contestant, Path input, Path out) {
    return switch (contestant) {
      case INGEST -> List.of("ingest", "--stages", "--data", out.toString(), input.toString());
      case BARE -> List.of("bench-duckdb", input.toString(), out.toString());
      case BARE_HELD ->
          List.of("bench-duckdb", "--memory", BareDuckdb.HELD, input.toString(), out.toString());
    };
  }

  /** The one in the middle; a failure if there is one. */
  private static Measured median(List<Measured> measured) {
    return measured.stream()
        .filter(one -> !one.ok())
        .findFirst()
        .orElseGet(
            () ->
                measured.stream()
                    .sorted(Comparator.comparingDouble(Measured::seconds))
                    .skip((measured.size() - 1) / 2)
                    .findFirst()
                    .orElseThrow());
  }
}
