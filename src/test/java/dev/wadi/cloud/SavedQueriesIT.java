package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The queries that Terraform saves for Athena, asked of a real lake in the dialect that Athena and
 * DuckDB share; and what Terraform tells Athena of the lake, held against the lake.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedQueriesIT {

  private static final Path STACK = Path.of("terraform/modules/stack/cdevents.tf");

  private WadiCommands lake;

  @BeforeAll
  void landSomeDays(@TempDir Path folder) throws Exception {
    try (WadiProcess simulator =
        WadiProcess.start(
            Map.of(), "simulate", "--events", "4000", "--days", "3", "--seed", "11")) {
      assertThat(simulator.waitFor()).as(simulator.log()).isZero();
      Files.write(folder.resolve("events.jsonl"), simulator.output());
    }
    lake = new WadiCommands(folder.resolve("data"), Map.of());
    lake.ingest(folder.resolve("events.jsonl").toString());
  }

  @ParameterizedTest
  @CsvSource({"runs, pipeline", "outcomes, user", "task_durations, task"})
  void findsRows(String query, String column) throws Exception {
    String sql =
        Files.readString(Path.of("terraform/modules/glue/queries", query + ".sql"))
            .replace("landed_events", "events")
            // what a seed simulates has its own time
            .replace("current_date", "(SELECT max(event_date) FROM events)");

    List<JsonNode> rows = lake.query(sql);

    assertThat(rows).isNotEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(row.path(column).asText()).isNotBlank());
  }

  @Test
  void namesTheColumnsThatTheLakeHas() throws Exception {
    Map<String, String> columns =
        lake.query("SELECT column_name, column_type FROM (DESCRIBE events)").stream()
            .collect(
                Collectors.toMap(
                    row -> row.path("column_name").asText(),
                    row -> row.path("column_type").asText()));

    List<String> named = quoted("cdevents_columns = ", "string");
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named)
        .allSatisfy(name -> assertThat(columns).as(name).containsEntry(name, "VARCHAR"));
    assertThat(columns).containsEntry("custom_data_duration_millis", "BIGINT");
  }

  @Test
  void knowsEveryTypeOfTheCatalogue() throws Exception {
    JsonNode catalogue =
        new YAMLMapper()
            .readTree(Path.of("src/main/resources/shapes/cdevents.catalogue.yaml").toFile());
    Set<String> types = new TreeSet<>();
    catalogue
        .path("specs")
        .forEach(
            spec ->
                spec.path("events")
                    .fieldNames()
                    .forEachRemaining(type -> types.add(withoutNamespace(type))));

    assertThat(quoted("cdevents_types = [", "]"))
        .containsExactlyInAnyOrderElementsOf(types)
        .isNotEmpty();
  }

  /** {@code build.started} of {@code dev.cdevents.build.started}. */
  private static String withoutNamespace(String type) {
    String[] parts = type.replace("dev.cdevents.", "").split("\\.");
    return parts[0] + "." + parts[1];
  }

  /** What stands in quotes in the file between two texts. */
  private static List<String> quoted(String after, String until) throws Exception {
    String text = Files.readString(STACK);
    int from = text.indexOf(after) + after.length();
    Matcher quoted =
        Pattern.compile("\"([^\"]+)\"").matcher(text.substring(from, text.indexOf(until, from)));
    List<String> all = new ArrayList<>();
    while (quoted.find()) {
      all.add(quoted.group(1));
    }
    return all;
  }
}
