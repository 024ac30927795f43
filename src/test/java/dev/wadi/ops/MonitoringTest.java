package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts name series and labels that Wadi has. */
@Tag("unit")
class MonitoringTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final Path ALERTS = DEPLOY.resolve("prometheus/alerts.yaml");

  /** What Prometheus adds to every series. */
  private static final Set<String> TARGET = Set.of("job", "instance");

  @Test
  void theDashboardNamesSeriesAndLabelsThatThereAre() throws IOException {
    JsonNode dashboard = dashboard();
    List<String> expressions = texts(dashboard, "expr");
    assertThat(expressions).hasSizeGreaterThan(20);
    Map<String, Set<String>> known = known();
    known.put("ALERTS", Set.of("alertname", "alertstate"));
    assertThat(expressions).allSatisfy(expression -> requireKnown(expression, known));
  }

  @Test
  void theDashboardShowsEveryTermOfTheLaw() throws IOException {
    Set<String> shown = new TreeSet<>();
    texts(dashboard(), "expr").forEach(expression -> shown.addAll(PromQl.of(expression).series()));
    for (Metrics.Term term : Metrics.Term.values()) {
      assertThat(shown).contains(Metric.of(term).series()[0]);
    }
  }

  /** Who is told by an alert looks at the dashboard next. */
  @Test
  void theDashboardShowsWhatTheAlertsAskAbout() throws IOException {
    Set<String> shown = new TreeSet<>();
    texts(dashboard(), "expr").forEach(expression -> shown.addAll(PromQl.of(expression).series()));
    Set<String> asked = new TreeSet<>();
    for (JsonNode rule : rules()) {
      asked.addAll(PromQl.of(rule.get("expr").asText()).series());
    }
    asked.removeIf(series -> !series.startsWith("wadi_"));
    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(shown).containsAll(asked);
  }

  @Test
  void theDashboardTakesWhateverDataSourceItIsGiven() throws IOException {
    JsonNode dashboard = dashboard();
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    dashboard
        .get("panels")
        .forEach(
            panel -> {
              if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("description").asText()).isNotBlank();
              }
            });
    List<Integer> ids = new ArrayList<>();
    dashboard.get("panels").forEach(panel -> ids.add(panel.get("id").asInt()));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void theAlertsNameSeriesAndLabelsThatThereAre() throws IOException {
    Map<String, Set<String>> known = known();
    known.put("up", Set.of());
    List<JsonNode> rules = rules();
    rules.stream()
        .filter(rule -> rule.has("record"))
        .forEach(rule -> known.put(rule.get("record").asText(), Set.of("source")));
    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(rule -> requireKnown(rule.get("expr").asText(), known));
  }

  @Test
  void everyAlertSaysHowBadItIsAndWhatToDoAndHasATest() throws IOException {
    JsonNode tests = yaml(DEPLOY.resolve("prometheus/alerts_test.yaml"));
    List<String> tested = texts(tests, "alertname");
    assertThat(rules().stream().filter(rule -> rule.has("alert")))
        .allSatisfy(
            rule -> {
              assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
              assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
              assertThat(rule.at("/annotations/action").asText()).isNotBlank();
              assertThat(tested).contains(rule.get("alert").asText());
            });
  }

  @Test
  void prometheusScrapesWadiWhereComposeHasIt() throws IOException {
    JsonNode prometheus = yaml(DEPLOY.resolve("prometheus/prometheus.yaml"));
    assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo(ALERTS.getFileName().toString());
    assertThat(prometheus.at("/scrape_configs/0/job_name").asText()).isEqualTo("wadi");
    assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText())
        .isEqualTo("wadi:" + Setting.HTTP_PORT.defaultValue());
  }

  @Test
  void findsTheNamesOfAnExpression() {
    PromQl found =
        PromQl.of("sum by (job) (rate(a_total{x=~\"b\", y!=\"by\"}[5m])) / 1e3 > 2 and on (z) c:d");
    assertThat(found.series()).containsExactlyInAnyOrder("a_total", "c:d");
    assertThat(found.labels()).containsExactlyInAnyOrder("job", "x", "y", "z");
    assertThat(PromQl.of("max({__name__=~\"a|b\"})").series()).containsExactly("a", "b");
    assertThat(PromQl.isBalanced("sum(a[5m])")).isTrue();
    assertThat(PromQl.isBalanced("sum(a[5m)]")).isFalse();
    assertThat(PromQl.isBalanced("sum(a")).isFalse();
  }

  private static void requireKnown(String expression, Map<String, Set<String>> known) {
    assertThat(PromQl.isBalanced(expression)).as(expression).isTrue();
    PromQl names = PromQl.of(expression.replace("$__rate_interval", "5m"));
    assertThat(names.series()).as(expression).isNotEmpty();
    assertThat(known.keySet()).as(expression).containsAll(names.series());
    Set<String> labels = new TreeSet<>(TARGET);
    names.series().forEach(series -> labels.addAll(known.get(series)));
    assertThat(labels).as(expression).containsAll(names.labels());
  }

  /** Every series that Wadi can have, with its labels. */
  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new HashMap<>();
    for (Metric metric : Metric.values()) {
      for (String series : metric.series()) {
        known.put(series, Set.of(metric.label()));
      }
    }
    // is there after the first collection only
    known.put("jvm_gc_pause_seconds_sum", Set.of("action", "cause", "gc"));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ProcessMetrics process = new ProcessMetrics(registry, Path.of(""))) {
      assertThat(process).isNotNull();
      Matcher series = Pattern.compile("(?m)^([a-z]\\w+)(?:\\{(.*)})? ").matcher(registry.scrape());
      while (series.find()) {
        Set<String> labels = new TreeSet<>();
        Matcher label =
            Pattern.compile("(\\w+)=\"").matcher(series.group(2) == null ? "" : series.group(2));
        while (label.find()) {
          labels.add(label.group(1));
        }
        known.put(series.group(1), labels);
      }
    }
    return known;
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    yaml(ALERTS).get("groups").forEach(group -> group.get("rules").forEach(rules::add));
    return rules;
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DEPLOY.resolve("grafana/dashboards/wadi.json").toFile());
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }

  private static List<String> texts(JsonNode tree, String field) {
    return tree.findValuesAsText(field);
  }
}
