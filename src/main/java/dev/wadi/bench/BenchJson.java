package dev.wadi.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A report for programs: one JSON object. */
public final class BenchJson {

  private BenchJson() {}

  /** The object, without a line's end; a peak that isn't known is null. */
  public static String of(BenchReport report) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("events", report.workload().events());
    root.put("days", report.workload().days());
    root.put("seed", report.workload().seed());
    root.put("duplicates", report.workload().duplicates());
    root.put("conflicts", report.workload().conflicts());
    root.put("runs", report.runs());
    root.put("raw_bytes", report.rawBytes());
    root.putObject("machine")
        .put("cores", report.machine().cores())
        .put("memory_bytes", report.machine().memoryBytes())
        .put("system", report.machine().system())
        .put("java", report.machine().java());
    report.measured().forEach((who, one) -> measured(root.putObject(name(who)), report, one));
    ObjectNode stages = root.putObject("stages");
    report
        .ingest()
        .report()
        .stages()
        .forEach(
            (stage, taken) ->
                stages
                    .putObject(name(stage))
                    .put("seconds", taken.seconds())
                    .put("cpu_seconds", taken.cpuSeconds()));
    return root.toString();
  }

  private static void measured(ObjectNode node, BenchReport report, Measured one) {
    node.put("seconds", one.seconds());
    if (!one.ok()) {
      node.put("failure", one.failure());
      return;
    }
    SelfReport said = one.report();
    node.put("work_seconds", said.workSeconds());
    node.put("events_per_second", one.eventsPerSecond());
    node.put("work_cpu_seconds", said.workCpuSeconds());
    node.put("cpu_seconds", said.cpuSeconds());
    node.put("cpu_micros_per_event", one.cpuMicrosPerEvent());
    node.put("peak_rss_bytes", said.peakBytes() < 0 ? null : said.peakBytes());
    node.put("jit_seconds", said.jitSeconds());
    node.put("gc_seconds", said.gcSeconds());
    node.put("files", one.written().files());
    node.put("written_bytes", one.written().bytes());
    node.put("doc_bytes", one.written().docBytes());
    node.put("raw_to_written", report.ratio(one));
    node.put("raw_to_written_without_doc", report.ratioWithoutDoc(one));
    node.put("ingest_to_this", report.ingest().eventsPerSecond() / one.eventsPerSecond());
    node.put(
        "ingest_to_this_work_only",
        report.ingest().eventsPerWorkSecond() / one.eventsPerWorkSecond());
  }

  private static String name(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
