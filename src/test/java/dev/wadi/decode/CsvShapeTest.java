package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Event;
import dev.wadi.event.EventKey;
import dev.wadi.event.Rejected;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.shape.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CSV file and its shape in the documentation: rows as objects whose values are all text. */
@Tag("unit")
class CsvShapeTest {

  @TempDir Path folder;

  private String[] header;
  private ObjectNode row;
  private Decoding decoding;

  @BeforeEach
  void readTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("docs/shapes.md"));
    Files.writeString(folder.resolve("builds.yaml"), block(page, "builds.yaml"));
    decoding = new Decoding(new Shapes(folder, Map.of()).named("builds"), DecodeLimits.DEFAULT);
    String[] lines = block(page, "builds.csv").split("\n");
    header = lines[0].split(",");
    String[] values = lines[1].split(",");
    row = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < header.length; i++) {
      row.put(header[i], values[i]);
    }
  }

  @Test
  void readsARowByNamesWithDots() {
    Event event = decoding.event(row.toString());

    assertThat(event.key()).isEqualTo(EventKey.of("builds", "/ci", "b-1"));
    assertThat(event.id()).isEqualTo("b-1");
    assertThat(event.type()).isEqualTo("build.finished");
    assertThat(event.subtype()).isEqualTo("finished");
    assertThat(event.source()).isEqualTo("/ci");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-11-21T12:00:00.25Z"));
  }

  @Test
  void givesTheColumnsThatTheShapeHasTypesFor() {
    Columns columns = new Columns(100, decoding.shape().columns(), decoding.metrics);
    Event event = decoding.event(row.toString());

    assertThat(new Flatten(columns, 8).flatten(event.document(), event.derived()))
        .containsEntry("context_id", "b-1")
        .containsEntry("subject_id", "build-5")
        .containsEntry("duration", 17.5)
        .containsEntry("passed", true)
        .hasSize(header.length);
  }

  @ParameterizedTest
  @CsvSource({"context.id", "context.source", "context.type", "context.timestamp"})
  void takesAnEmptyCellForAMissingField(String column) {
    String quoted = row.put(column, "").toString();
    row.remove(column);
    for (String without : List.of(quoted, row.toString())) {
      Rejected rejected = decoding.rejected(without);

      assertThat(rejected.reason()).isEqualTo("missing_field");
      assertThat(rejected.rule()).isEqualTo(column);
    }
  }

  @Test
  void takesOnlyTheSameTextForTheSameKey() {
    row.put("context.id", "17");
    EventKey key = decoding.event(row.toString()).key();

    row.put("context.id", "017");
    assertThat(decoding.event(row.toString()).key()).isNotEqualTo(key);
    row.put("context.id", 17);
    assertThat(decoding.event(row.toString()).key()).isEqualTo(key);
  }

  private static String block(String page, String title) {
    int from = page.indexOf("\n", page.indexOf("```", page.indexOf("**" + title + "**"))) + 1;
    return page.substring(from, page.indexOf("```", from));
  }
}
