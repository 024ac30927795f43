package dev.wadi.ops;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes {@code docs/metrics.md} from the declared metrics. */
final class MetricsPage {

  private static final String HEAD =
      """
      # Metrics

      `/metrics` is Prometheus text. Made from the code (`dev.wadi.ops.Metric`); a test holds it \
      true. To write it anew: `./mvnw test -Dtest=MetricsPageTest -Dwadi.docs.update=true`.

      The law, for every source at any moment:

      ```
      received - returned = landed + duplicates + conflicts + rejected + filtered + in_flight
      ```

      Counts rise once their commit stands, and start at 0 with the process. What is kept for good \
      is counted by `wadi verify`. Dead letters on their way into the lake are a source of their own \
      (the dead-letter queue's name).

      | series | kind | label | meaning |
      |---|---|---|---|
      """;

  private static final String TAIL =
      """

      The rate of duplicates is `rate(wadi_events_duplicates_total[5m]) / \
      rate(wadi_events_received_total[5m])`, the time that claims take \
      `rate(wadi_stage_seconds_sum{stage="deduplicate"}[5m]) / \
      rate(wadi_stage_seconds_count{stage="deduplicate"}[5m])`.

      A label takes at most %d values; what comes after is counted as `other`, so that values from \
      events can't grow a metric without bound.

      Beside these are Micrometer's own of the process: `jvm_memory_*`, `jvm_gc_*`, `jvm_threads_*`, \
      `jvm_buffer_*`, `process_cpu_*`, `process_files_*`, `process_uptime_seconds`, \
      `system_cpu_*`, and of the data folder's disk `disk_free_bytes`, `disk_total_bytes`.
      """
          .formatted(Metrics.MAX_LABEL_VALUES);

  private MetricsPage() {}

  /** The page as it must be. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Metric metric : Metric.values()) {
      page.append(
          String.format(
              "| %s | %s | `%s` | %s |\n",
              Arrays.stream(metric.series())
                  .map(name -> "`" + name + "`")
                  .collect(Collectors.joining(", ")),
              metric.kindName(),
              metric.label(),
              metric.description()));
    }
    return page.append(TAIL).toString();
  }
}
