package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.process.WadiCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes through {@code wadi ingest} of the packaged application, as a user names them. */
@Tag("integration")
class IngestShapesIT {

  private static final String GOLDEN = "src/test/resources/golden/";

  @TempDir Path folder;

  private WadiCommands wadi;

  @BeforeEach
  void useAFolder() {
    wadi = new WadiCommands(folder.resolve("data"), Map.of());
  }

  @Test
  void landsNamedEventsByTypeAndSubtype() throws Exception {
    JsonNode summary =
        wadi.ingest(
            GOLDEN + "named-event/in.ndjson",
            GOLDEN + "named-event-rejected/in.ndjson",
            "--shape",
            "named-event");

    assertCounts(summary, Map.of("landed", 7, "duplicates", 1, "conflicts", 2, "rejected", 19));
    JsonNode first = wadi.query("SELECT * FROM events WHERE event_id LIKE '0f5c7a10-%'").get(0);
    assertThat(first.get("event_type").textValue()).isEqualTo("payment");
    assertThat(first.get("event_subtype").textValue()).isEqualTo("order");
    assertThat(first.get("event_time").textValue()).isEqualTo("2024-04-07T17:42:01.022075Z");
    assertThat(first.get("created_datetime").textValue()).isEqualTo("2024-04-07T17:42:01.022075Z");
    assertThat(first.get("created_at").doubleValue()).isEqualTo(1712511721.022075);
    assertThat(folder.resolve("data/lake/events/event_type=payment/event_date=2024-04-07"))
        .isDirectory();
    assertThat(wadi.query("SELECT event_subtype FROM events WHERE event_type = 'login'"))
        .singleElement()
        .matches(row -> row.get("event_subtype").isNull());
  }

  @Test
  void landsEachOfTheSimulatedEventsThatShareTheIdOfTheirContext() throws Exception {
    JsonNode summary =
        wadi.ingest(GOLDEN + "simulated-cdevents/in.ndjson", "--shape", "simulated-cdevents");

    assertCounts(summary, Map.of("landed", 5, "duplicates", 1, "conflicts", 1, "rejected", 0));
    List<JsonNode> run =
        wadi.query(
            "SELECT event_type, event_environment, event_time FROM events"
                + " WHERE context_id LIKE '271069a8-%' ORDER BY event_time");
    assertThat(run)
        .extracting(row -> row.get("event_type").textValue())
        .containsExactly("pipelinerun.queued", "pipelinerun.started", "pipelinerun.finished");
    assertThat(run.get(0).get("event_environment").textValue()).isEqualTo("dev");
    assertThat(run.get(0).get("event_time").textValue()).isEqualTo("2023-04-04T22:31:53.796517Z");
  }

  @Test
  void landsTheCsvFileOfTheDocumentationByTheShapeBesideIt() throws Exception {
    String page = Files.readString(Path.of("docs/shapes.md"));
    Path csv = Files.writeString(folder.resolve("builds.csv"), block(page, "builds.csv"));
    Files.writeString(folder.resolve("builds.yaml"), block(page, "builds.yaml"));

    JsonNode summary =
        wadi.ingest(csv.toString(), "--shapes", folder.toString(), "--shape", "builds");

    assertCounts(summary, Map.of("landed", 1, "duplicates", 0, "conflicts", 0, "rejected", 0));
    JsonNode event = wadi.query("SELECT * FROM events").get(0);
    assertThat(event.get("event_id").textValue()).isEqualTo("b-1");
    assertThat(event.get("context_source").textValue()).isEqualTo("/ci");
    assertThat(event.get("duration").doubleValue()).isEqualTo(17.5);
    assertThat(event.get("passed").booleanValue()).isTrue();
  }

  private static void assertCounts(JsonNode summary, Map<String, Integer> counts) {
    counts.forEach(
        (name, count) ->
            assertThat(summary.get(name).asInt()).as("%s in %s", name, summary).isEqualTo(count));
  }

  private static String block(String page, String title) {
    int from = page.indexOf("\n", page.indexOf("```", page.indexOf("**" + title + "**"))) + 1;
    return page.substring(from, page.indexOf("```", from));
  }
}
