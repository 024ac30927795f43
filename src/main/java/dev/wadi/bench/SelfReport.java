package dev.wadi.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.wadi.ops.StageTimes.Stage;
import dev.wadi.ops.StageTimes.Taken;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a process says about itself at its end, as one line of JSON on standard error. Nobody else
 * can tell its CPU time and its greatest memory as exactly.
 *
 * @param events how many events it took
 * @param workSeconds without the start of the JVM and of the application
 * @param workCpuSeconds the same, as CPU time of all threads
 * @param cpuSeconds of the whole process, its start included
 * @param peakBytes the greatest resident memory; -1 where the system doesn't tell
 * @param jitSeconds how long its threads have compiled, by the clock
 * @param gcSeconds how long it has collected garbage, by the clock
 * @param stages what each stage has taken; empty if that was not measured
 */
public record SelfReport(
    long events,
    double workSeconds,
    double workCpuSeconds,
    double cpuSeconds,
    long peakBytes,
    double jitSeconds,
    double gcSeconds,
    Map<Stage, Taken> stages) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "{\"wadi_bench\":";
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The work of this process, which begins now and ends with a report. */
  public static final class Work {

    private final long began = System.nanoTime();
    private final double cpuBefore = cpuOfThisProcess();

    private Work() {}

    public static Work begin() {
      return new Work();
    }

    public SelfReport end(long events, Map<Stage, Taken> stages) {
      double cpu = cpuOfThisProcess();
      return new SelfReport(
          events,
          (System.nanoTime() - began) / 1e9,
          cpu - cpuBefore,
          cpu,
          peakOfThisProcess(),
          jitOfThisProcess(),
          gcOfThisProcess(),
          stages);
    }
  }

  /** The line. */
  public String line() {
    ObjectNode node = JSON.createObjectNode();
    node.put("events", events);
    node.put("work_seconds", workSeconds);
    node.put("work_cpu_seconds", workCpuSeconds);
    node.put("cpu_seconds", cpuSeconds);
    node.put("peak_bytes", peakBytes);
    node.put("jit_seconds", jitSeconds);
    node.put("gc_seconds", gcSeconds);
    ObjectNode each = node.putObject("stages");
    stages.forEach(
        (stage, taken) ->
            each.putObject(stage.name())
                .put("seconds", taken.seconds())
                .put("cpu_seconds", taken.cpuSeconds()));
    return MARK + node + "}";
  }

  /** What a line says, if it is such a line. */
  static Optional<SelfReport> of(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(line).get("wadi_bench");
      Map<Stage, Taken> stages = new EnumMap<>(Stage.class);
      for (Map.Entry<String, JsonNode> stage : node.get("stages").properties()) {
        JsonNode taken = stage.getValue();
        stages.put(
            Stage.valueOf(stage.getKey()),
            new Taken(taken.get("seconds").asDouble(), taken.get("cpu_seconds").asDouble()));
      }
      return Optional.of(
          new SelfReport(
              node.get("events").asLong(),
              node.get("work_seconds").asDouble(),
              node.get("work_cpu_seconds").asDouble(),
              node.get("cpu_seconds").asDouble(),
              node.get("peak_bytes").asLong(),
              node.get("jit_seconds").asDouble(),
              node.get("gc_seconds").asDouble(),
              stages));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a whole report: " + line, e);
    }
  }

  private static double cpuOfThisProcess() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static double jitOfThisProcess() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler == null ? 0 : compiler.getTotalCompilationTime() / 1e3;
  }

  private static double gcOfThisProcess() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum()
        / 1e3;
  }

  private static long peakOfThisProcess() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      // not Linux
      return -1;
    }
  }
}
