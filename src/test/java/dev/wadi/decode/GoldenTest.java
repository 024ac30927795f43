package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import dev.wadi.flatten.Column;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.shape.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder under {@code golden} with a {@code decoded.ndjson}: what decoding and flattening
 * make of its {@code in.ndjson}, by the shape that its name starts with. {@code rows.ndjson} has
 * the flattened events, {@code columns.ndjson} the columns that they gave, {@code rejected.ndjson}
 * the rest. {@code -Dgolden.write=true} writes what is expected anew, for the change to be
 * reviewed; a continuous build refuses that.
 */
@Tag("unit")
class GoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(
              new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));
  private static final String OF_A_FLOW = "web-event";
  private static final Shapes SHAPES =
      new Shapes(Path.of("src/main/resources/flows/web-sessions/shapes"), Map.of());

  @TestFactory
  List<DynamicTest> decodesAsBefore() throws IOException {
    assertThat(WRITE && System.getenv("CI") != null).as("golden.write in a CI build").isFalse();
    try (Stream<Path> cases = Files.list(FOLDER)) {
      List<DynamicTest> tests =
          cases
              .filter(folder -> Files.exists(folder.resolve("decoded.ndjson")))
              .sorted()
              .map(
                  folder ->
                      DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)))
              .toList();
      assertThat(tests).hasSizeGreaterThanOrEqualTo(14);
      return tests;
    }
  }

  private static void check(Path folder) throws IOException {
    String shape = shape(folder.getFileName().toString());
    Decoding decoding = new Decoding(SHAPES.named(shape), DecodeLimits.DEFAULT);
    Columns columns =
        new Columns(Columns.DEFAULT_LIMIT, decoding.shape().columns(), decoding.metrics);
    Flatten flatten = new Flatten(columns, Flatten.DEFAULT_DEPTH);
    List<String> decoded = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("in.ndjson"))) {
      Decoded result = decoding.decode(line.getBytes(StandardCharsets.UTF_8));
      if (result instanceof Event event) {
        decoded.add(shown(event));
        rows.add(JSON.writeValueAsString(flatten.flatten(event.document(), event.derived())));
      } else {
        rejected.add(shown((Rejected) result));
      }
    }
    compare(folder.resolve("decoded.ndjson"), decoded);
    compare(folder.resolve("rows.ndjson"), rows);
    compare(folder.resolve("columns.ndjson"), shown(columns.all()));
    compare(folder.resolve("rejected.ndjson"), rejected);
  }

  /** The shape with the longest name that the case's name starts with. */
  private static String shape(String caseName) {
    return Stream.concat(Shapes.SHIPPED.stream(), Stream.of(OF_A_FLOW))
        .filter(caseName::startsWith)
        .max(Comparator.comparing(String::length))
        .orElseThrow(() -> new AssertionError("no shape is called as " + caseName + " starts"));
  }

  private static void compare(Path file, List<String> lines) throws IOException {
    if (WRITE) {
      Files.write(file, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(file));
  }

  private static List<String> shown(List<Column> columns) throws JsonProcessingException {
    List<String> shown = new ArrayList<>();
    for (Column column : columns) {
      shown.add(JSON.writeValueAsString(column));
    }
    return shown;
  }

  private static String shown(Event event) throws JsonProcessingException {
    ObjectNode shown = JSON.createObjectNode();
    shown
        .put("key", event.key().hex())
        .put("id", event.id())
        .put("type", event.type())
        .put("subtype", event.subtype())
        .put("source", event.source())
        .put("time", event.time().toString())
        .put("payload_hash", Long.toHexString(event.payloadHash()))
        .set("derived", JSON.valueToTree(new TreeMap<>(event.derived())));
    return JSON.writeValueAsString(shown);
  }

  private static String shown(Rejected rejected) throws JsonProcessingException {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("reason", rejected.reason()).put("rule", rejected.rule());
    return JSON.writeValueAsString(shown);
  }
}
