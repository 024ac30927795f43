package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.process.RecordFile;
import dev.wadi.process.WadiCommands;
import dev.wadi.shape.CatalogueExamples;
import dev.wadi.shape.CatalogueExamples.Example;
import dev.wadi.shape.CatalogueExamples.Lacking;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CDEvents of every type of every spec version through {@code wadi ingest} of the packaged
 * application: all land, and each without one of its required fields is a dead letter that names
 * that field.
 */
@Tag("integration")
class ConformanceIT {

  @TempDir Path folder;

  private WadiCommands wadi;

  @BeforeEach
  void useAFolder() {
    wadi = new WadiCommands(folder.resolve("data"), Map.of());
  }

  @Test
  void landsTheLeastAndTheWholeEventOfEveryType() throws Exception {
    RecordFile file = new RecordFile(folder.resolve("examples.jsonl"));
    Set<String> ids = new TreeSet<>();
    Set<String> types = new TreeSet<>();
    for (Example example : CatalogueExamples.all()) {
      for (ObjectNode event : List.of(example.least(), example.whole())) {
        file.add(event.toString());
        ids.add(event.at("/context/id").textValue());
        types.add(example.type());
      }
    }
    assertThat(ids).hasSize(2 * (39 + 45 + 45));

    JsonNode summary = wadi.ingest(file.write());

    assertCounts(summary, ids.size(), ids.size(), 0);
    List<JsonNode> events = wadi.query("SELECT event_id, context_type FROM events");
    assertThat(texts(events, "event_id")).isEqualTo(ids);
    assertThat(texts(events, "context_type")).isEqualTo(types);
    assertThat(wadi.read("verify")).anyMatch(line -> line.startsWith("OK: "));
  }

  @Test
  void rejectsEachOfThemForTheOneFieldThatItLacks() throws Exception {
    RecordFile file = new RecordFile(folder.resolve("lacking.jsonl"));
    Map<String, Lacking> lacking = new HashMap<>();
    for (Example example : CatalogueExamples.all()) {
      for (ObjectNode event : List.of(example.least(), example.whole())) {
        for (Lacking one : CatalogueExamples.lacking(example, event)) {
          lacking.put(file.add(one.event().toString()), one);
        }
      }
    }
    assertThat(lacking).hasSizeGreaterThan(2_000);

    JsonNode summary = wadi.ingest(file.write());

    assertCounts(summary, lacking.size(), 0, lacking.size());
    List<JsonNode> letters = wadi.query("SELECT position, reason, rule FROM dead_letters");
    assertThat(texts(letters, "position")).isEqualTo(new TreeSet<>(lacking.keySet()));
    for (JsonNode letter : letters) {
      Lacking one = lacking.get(letter.get("position").textValue());
      assertThat(letter.get("reason").textValue()).isEqualTo("missing_field");
      assertThat(letter.get("rule").textValue().split(","))
          .as("%s without %s", one.example(), one.field())
          .containsExactlyInAnyOrderElementsOf(one.named());
    }
    assertThat(wadi.read("verify")).anyMatch(line -> line.startsWith("OK: "));
  }

  private static void assertCounts(JsonNode summary, int received, int landed, int rejected) {
    assertThat(summary.get("received").asInt()).as("%s", summary).isEqualTo(received);
    assertThat(summary.get("landed").asInt()).as("%s", summary).isEqualTo(landed);
    assertThat(summary.get("rejected").asInt()).as("%s", summary).isEqualTo(rejected);
    for (String none : List.of("duplicates", "conflicts", "filtered")) {
      assertThat(summary.get(none).asInt()).as("%s in %s", none, summary).isZero();
    }
  }

  private static Set<String> texts(List<JsonNode> rows, String column) {
    Set<String> texts = new TreeSet<>();
    rows.forEach(row -> texts.add(row.get(column).textValue()));
    return texts;
  }
}
