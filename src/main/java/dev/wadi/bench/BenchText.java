package dev.wadi.bench;

import static java.util.Map.entry;

import dev.wadi.ops.StageTimes.Stage;
import dev.wadi.ops.StageTimes.Taken;
import java.util.Locale;
import java.util.Map;

/** A report for people. MB are millions of bytes. */
public final class BenchText {

  private static final Map<Stage, String> STAGES =
      Map.ofEntries(
          entry(Stage.READ, "read"),
          entry(Stage.DECODE, "decode, check, flatten"),
          entry(Stage.AWAIT_RECORDS, "(wait for decoded records)"),
          entry(Stage.DECIDE, "decide (dedup, conflicts)"),
          entry(Stage.FILL, "fill rows"),
          entry(Stage.WRITE, "write files"),
          entry(Stage.FSYNC, "fsync files"),
          entry(Stage.CHECKSUM, "checksum files"),
          entry(Stage.AWAIT_COMMIT, "(wait for the commit before)"),
          entry(Stage.PUBLISH, "publish"),
          entry(Stage.LEDGER, "ledger"));

  private final BenchReport report;

  private BenchText(BenchReport report) {
    this.report = report;
  }

  /** The whole report, as several lines. */
  public static String of(BenchReport report) {
    BenchText text = new BenchText(report);
    return String.join(
        "\n", text.head(), text.contestants(), text.ratios(), text.stages(), text.seeds());
  }

  private String head() {
    Workload workload = report.workload();
    Machine machine = report.machine();
    return format(
        "%,d events of %d day(s), seed %d, %.1f %% duplicates, %.1f %% conflicts: %,d MB of JSON lines%n"
            + "%d cores, %.1f GB memory, %s, Java %s; %s%n",
        workload.events(),
        workload.days(),
        workload.seed(),
        workload.duplicates() * 100,
        workload.conflicts() * 100,
        Math.round(report.rawBytes() / 1e6),
        machine.cores(),
        machine.memoryBytes() / 1e9,
        machine.system(),
        machine.java(),
        report.runs() == 1 ? "one run" : "the median of " + report.runs() + " runs");
  }

  private String contestants() {
    TextTable table =
        new TextTable()
            .line(
                "run",
                "seconds",
                "events/s",
                "CPU s",
                "work s",
                "work CPU s",
                "us CPU/event",
                "peak RSS MB",
                "files",
                "MB written",
                "raw:written",
                "without _doc");
    report.measured().forEach((contestant, one) -> contestant(table, contestant, one));
    return table.toString();
  }

  private void contestant(TextTable table, Contestant contestant, Measured one) {
    if (!one.ok()) {
      table.line(contestant.title(), format("%.2f", one.seconds()), "failed: " + one.failure());
      return;
    }
    table.line(
        contestant.title(),
        format("%.2f", one.seconds()),
        format("%,.0f", one.eventsPerSecond()),
        format("%.2f", one.report().cpuSeconds()),
        format("%.2f", one.report().workSeconds()),
        format("%.2f", one.report().workCpuSeconds()),
        format("%.2f", one.cpuMicrosPerEvent()),
        peak(one),
        format("%,d", one.written().files()),
        format("%,.1f", one.written().bytes() / 1e6),
        format("%.2f:1", report.ratio(one)),
        format("%.2f:1", report.ratioWithoutDoc(one)));
  }

  private static String peak(Measured one) {
    long peak = one.report().peakBytes();
    return peak < 0 ? "unknown" : format("%,.0f", peak / 1e6);
  }

  private String ratios() {
    StringBuilder text =
        new StringBuilder(
            "The process counts from the start of its JVM to its end. Its work is, of the ingest, all"
                + " but that start;\nof DuckDB, the COPY alone: neither the start nor the sample by"
                + " which it learns the structure.\n");
    report
        .measured()
        .forEach(
            (contestant, one) -> {
              if (contestant != Contestant.INGEST && one.ok()) {
                text.append(
                    format(
                        "ingest : %s = %.2f in events/s of the work, %.2f of the process%n",
                        contestant.title(),
                        report.ingest().eventsPerWorkSecond() / one.eventsPerWorkSecond(),
                        report.ingest().eventsPerSecond() / one.eventsPerSecond()));
              }
            });
    return text.toString();
  }

  private String stages() {
    SelfReport ingest = report.ingest().report();
    TextTable table =
        new TextTable()
            .line("stage of the ingest", "s, all threads", "CPU s", "us CPU/event", "of the CPU");
    double other = ingest.workCpuSeconds();
    for (Map.Entry<Stage, Taken> stage : ingest.stages().entrySet()) {
      Taken taken = stage.getValue();
      other -= taken.cpuSeconds();
      stage(table, STAGES.get(stage.getKey()), format("%.2f", taken.seconds()), taken.cpuSeconds());
    }
    stage(table, "other (JIT, GC, start of the lake, grouping)", "", Math.max(0, other));
    return table
        + format(
            "by the clock, the JVM compiled for %.2f s and collected garbage for %.2f s%n",
            ingest.jitSeconds(), ingest.gcSeconds());
  }

  private void stage(TextTable table, String name, String seconds, double cpuSeconds) {
    SelfReport ingest = report.ingest().report();
    table.line(
        name,
        seconds,
        format("%.2f", cpuSeconds),
        format("%.2f", cpuSeconds * 1e6 / ingest.events()),
        format("%.1f %%", cpuSeconds * 100 / ingest.workCpuSeconds()));
  }

  private String seeds() {
    boolean known = report.ingest().report().peakBytes() >= 0;
    return new TextTable()
        .line("the seeds' bars", "wanted", "ingest")
        .line("events/s", "> 100", format("%,.0f", report.ingest().eventsPerSecond()))
        .line(
            "MB of memory per 100 events (peak RSS of the whole process / events)",
            "< 50",
            known ? format("%.3f", report.megabytesPer100Events()) : "unknown")
        .line("raw:written", ">= 2:1", format("%.2f:1", report.ratio(report.ingest())))
        .toString();
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
