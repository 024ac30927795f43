package dev.wadi.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.event.Decoded;
import dev.wadi.event.Event;
import dev.wadi.event.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder under {@code golden} with a {@code decoded.ndjson}: what decoding makes of its
 * {@code in.ndjson}, by the shape that its name starts with. {@code -Dgolden.write=true} writes
 * what is expected anew, for the change to be reviewed; a continuous build refuses that.
 */
@Tag("unit")
class GoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final ObjectMapper JSON = new ObjectMapper();

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
      assertThat(tests).hasSizeGreaterThanOrEqualTo(6);
      return tests;
    }
  }

  private static void check(Path folder) throws IOException {
    Decoding decoding = new Decoding(folder.getFileName().toString().split("-")[0]);
    List<String> decoded = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("in.ndjson"))) {
      Decoded result = decoding.decode(line.getBytes(StandardCharsets.UTF_8));
      if (result instanceof Event event) {
        decoded.add(shown(event));
      } else {
        rejected.add(shown((Rejected) result));
      }
    }
    if (WRITE) {
      Files.write(folder.resolve("decoded.ndjson"), decoded);
      Files.write(folder.resolve("rejected.ndjson"), rejected);
    }
    assertThat(decoded).isEqualTo(Files.readAllLines(folder.resolve("decoded.ndjson")));
    assertThat(rejected).isEqualTo(Files.readAllLines(folder.resolve("rejected.ndjson")));
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
        .put("payload_hash", Long.toHexString(event.payloadHash()));
    return JSON.writeValueAsString(shown);
  }

  private static String shown(Rejected rejected) throws JsonProcessingException {
    ObjectNode shown = JSON.createObjectNode();
    shown.put("reason", rejected.reason()).put("rule", rejected.rule());
    return JSON.writeValueAsString(shown);
  }
}
