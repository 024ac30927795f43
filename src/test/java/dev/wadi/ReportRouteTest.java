package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.lake.LakeFixture;
import dev.wadi.lake.Report;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route of the report as it is, on a lake that was made beforehand. */
@Tag("unit")
class ReportRouteTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path data;
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void joinsAllEventsInOneFileAndFollowsTheLake() throws Exception {
    LakeFixture lake = new LakeFixture(data);
    lake.commit(1)
        .event("a", "1", "build", "2026-11-01", ", 'say \"hi\",' || chr(10) || 'you' AS note")
        .event("b", "1", "a%2Fb", "2026-11-02", ", '' AS note")
        .write();
    try (Report report =
        report("SELECT event_id, event_type, note, 1 FROM events ORDER BY event_id")) {
      load(report);
      camel.start();
      await().atMost(PATIENCE).until(() -> records().size() == 3);
      assertThat(records())
          .extracting(CSVRecord::toList)
          .containsExactly(
              List.of("event_id", "event_type", "note", "1"),
              List.of("id-a", "build", "say \"hi\",\nyou", "1"),
              List.of("id-b", "a/b", "", "1"));

      lake.commit(2).event("c", "1").write();
      await().atMost(PATIENCE).until(() -> records().size() == 4);
      // a null is nothing, and an empty text is not
      assertThat(Files.readString(file()))
          .contains("\"id-b\",\"a/b\",\"\",")
          .contains("\"id-c\",\"change\",,");
    }
  }

  @Test
  void keepsTheLastReportWhenOneFailsAndGoesOnWithTheNext() throws Exception {
    LakeFixture lake = new LakeFixture(data);
    lake.commit(1).event("a", "1").write();
    lake.write("reports/events.csv", "the last one");
    AtomicBoolean failing = new AtomicBoolean(true);
    AtomicBoolean failed = new AtomicBoolean();
    try (Report report = report("SELECT event_id FROM events")) {
      load(report);
      AdviceWith.adviceWith(
          camel,
          "report",
          route ->
              route
                  .weaveById("report-append")
                  .after()
                  .process(
                      exchange -> {
                        if (failing.get()) {
                          failed.set(true);
                          throw new IOException("no space left");
                        }
                      }));
      camel.start();
      await().atMost(PATIENCE).untilTrue(failed);
      assertThat(file()).hasContent("the last one");
      failing.set(false);
      await().atMost(PATIENCE).until(() -> Files.readString(file()).contains("id-a"));
    }
  }

  private Report report(String sql) {
    return new Report(data, sql, data.resolve(".wadi/temporary"));
  }

  private void load(Report report) throws Exception {
    camel.getRegistry().bind("report", report);
    Settings settings =
        Settings.load("local", Map.of(Setting.REPORT_PERIOD.property(), "200ms"), null);
    camel.getPropertiesComponent().setInitialProperties(settings.forCamel());
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(
                camel, "classpath:routes/70-report.camel.yaml"));
  }

  private Path file() {
    return data.resolve("lake/reports/events.csv");
  }

  private List<CSVRecord> records() throws IOException {
    if (Files.notExists(file())) {
      return List.of();
    }
    try (CSVParser csv = CSVParser.parse(Files.readString(file()), CSVFormat.RFC4180)) {
      return csv.getRecords();
    }
  }
}
