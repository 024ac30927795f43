package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Helm reads no file outside the chart, so it has copies of the alerts and the dashboard. */
@Tag("unit")
class ChartFilesTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final Path COPIES = Chart.FOLDER.resolve("files");

  @ParameterizedTest
  @ValueSource(strings = {"prometheus/alerts.yaml", "grafana/dashboards/wadi.json"})
  void areCopies(String file) throws IOException {
    Path source = DEPLOY.resolve(file);
    Path copy = COPIES.resolve(source.getFileName());
    String wanted = Files.readString(source);
    if (Boolean.getBoolean("wadi.docs.update")) {
      assertThat(System.getenv("CI")).as("copies are not rewritten in CI").isNull();
      Files.writeString(copy, wanted);
    }
    assertThat(copy).as("write it anew with -Dwadi.docs.update=true").hasContent(wanted);
  }

  /** Helm would run the templates that are Prometheus' and Grafana's. */
  @Test
  void areTakenAsTheyAre() throws IOException {
    assertThat(Chart.templates())
        .contains(".Files.Get \"files/alerts.yaml\" |", ".Files.Get \"files/wadi.json\" |")
        .doesNotContainPattern("tpl \\(");
  }

  @Test
  void areThereWithADashboardForEachOfTheSource() throws IOException {
    try (var dashboards = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
      assertThat(dashboards).allMatch(file -> Files.exists(COPIES.resolve(file.getFileName())));
    }
  }
}
