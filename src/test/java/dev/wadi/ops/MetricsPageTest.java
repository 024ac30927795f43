package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MetricsPageTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void metricsPageIsWhatTheCodeDeclares() throws IOException {
    GeneratedPage.check("metrics.md", MetricsPage.markdown());
  }

  @Test
  void prometheusSeesTheDocumentedNames() {
    Metrics metrics = new Metrics(registry, Clock.systemUTC());
    metrics.inFlight("sqs:events", 1);
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case COUNTER -> metrics.count(metric.meter(), metric.label(), "sqs:events", 1);
        case SUMMARY -> metrics.size(metric.meter(), metric.label(), "x", 1);
        case TIMER -> metrics.took("x", Duration.ofSeconds(1));
        // those of Metrics itself are there already
        case GAUGE ->
            Gauge.builder(metric.meter(), () -> 1)
                .tag(metric.label(), "sqs:events")
                .register(registry);
      }
    }

    Set<String> seen = new TreeSet<>();
    Matcher series = Pattern.compile("(?m)^(wadi_\\w+)\\{(\\w+)=").matcher(registry.scrape());
    while (series.find()) {
      seen.add(series.group(1) + "{" + series.group(2) + "}");
    }

    Set<String> documented = new TreeSet<>();
    for (Metric metric : Metric.values()) {
      for (String name : metric.series()) {
        documented.add(name + "{" + metric.label() + "}");
      }
    }
    assertThat(seen).isEqualTo(documented);
  }

  @Test
  void theCodeUsesDeclaredMetersOnly() throws IOException {
    Set<String> declared =
        Arrays.stream(Metric.values()).map(Metric::meter).collect(Collectors.toSet());
    Set<String> used = new TreeSet<>();
    Pattern use = Pattern.compile("\\.(?:count|size|builder)\\(\\s*\"(wadi\\.[^\"]+)\"");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = use.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1));
        }
      }
    }

    assertThat(declared).as("declare it in dev.wadi.ops.Metric").containsAll(used);
  }

  @Test
  void theProcessTellsOfItself() {
    try (ProcessMetrics process = new ProcessMetrics(registry, Path.of(""))) {
      assertThat(process).isNotNull();
      assertThat(registry.scrape())
          .contains(
              "jvm_memory_used_bytes",
              "jvm_gc_memory_allocated_bytes_total",
              "jvm_threads_live_threads",
              "process_cpu_usage",
              "process_files_open_files",
              "process_uptime_seconds",
              "disk_free_bytes");
    }
  }
}
