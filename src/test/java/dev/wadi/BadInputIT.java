package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.process.LocalQueues;
import dev.wadi.process.WadiProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile events through the real queue of the packaged application: each between two neighbours in
 * an array, which must land, and whatever is refused must be a dead letter with its reason.
 */
@Tag("integration")
class BadInputIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** A message of SQS holds 256 KB. */
  private static final int LARGEST = 255 * 1024;

  @TempDir Path folder;

  private final List<String> messages = new ArrayList<>();
  private final List<String> landing = new ArrayList<>();
  private final Map<String, Integer> rejected = new TreeMap<>();
  private int neighbours;

  @Test
  void landsTheNeighboursOfWhateverIsHostileAndKeepsThatAsDeadLetters() throws Exception {
    hostileToParsers();
    hostileToTheLake();
    messagesOfTheirOwn();
    runUntilEmpty();

    List<JsonNode> events = query("SELECT event_id, _doc FROM events");
    assertThat(events.stream().map(event -> event.get("event_id").asText()))
        .containsExactlyInAnyOrderElementsOf(landing);
    Map<String, Integer> reasons = new TreeMap<>();
    List<JsonNode> letters = lines("dead-letters", "list", "--limit", "1000", "--format", "json");
    letters.forEach(letter -> reasons.merge(letter.get("reason").asText(), 1, Integer::sum));
    assertThat(reasons).isEqualTo(rejected);
    for (JsonNode letter : letters) {
      assertThat(letter.get("message").asText()).isNotBlank();
    }
    showsTheBytesOf(letters);
    assertThat(read("verify")).anyMatch(line -> line.startsWith("OK: every event received"));
    staysInTheLake();
  }

  private void hostileToParsers() {
    bad("too_deep", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
    bad("not_an_object", "[".repeat(10_000) + "]".repeat(10_000));
    bad("duplicate_member", event("twice").replaceFirst("\\{", "{\"id\":\"again\","));
    bad("number_out_of_range", with("big", "number", "18446744073709551616"));
    bad("number_out_of_range", with("huge", "number", "1e400"));
    bad("invalid_utf8", with("half", "text", "\"\\ud800\""));
    bad("not_an_object", "null");
    bad("not_an_object", "\"text\"");
    bad("missing_field", "{}");
    bad("bad_time", event("year").replace("2026-", "-5-"));
    bad("bad_time", event("february").replace("11-20T", "02-30T"));
  }

  private void hostileToTheLake() {
    bad("bad_type", event("drop").replace("\"t\"", "\"'; DROP TABLE events; --\""));
    bad("bad_type", event("long-type").replace("\"t\"", "\"" + "t".repeat(5_000) + "\""));
    bad("bad_type", event("dots").replace("\"t\"", "\"..\""));
    bad("bad_type", event("nul-type").replace("\"t\"", "\"t\\u0000\""));
    good("slash", event("slash").replace("\"t\"", "\"a/b\""));
    good("names", with("names", "../../x", "1", "'; DROP TABLE events; --", "2", "a\\\"b", "3"));
    good("nul", with("nul", "n\\u0000me", "1", "text", "\"a\\u0000b\""));
    good("own", with("own", "event_key", "1", "_doc", "\"mine\"", "COMMIT_ID", "2"));
    good("cases", with("cases", "Name", "1", "name", "\"text\"", "NAME", "true"));
    good("long-name", with("long-name", "n".repeat(70_000), "1"));
    good("far", event("far").replace("2026-", "9999-"));
    StringBuilder wide = new StringBuilder("{\"id\":\"wide\"");
    for (int i = 0; i < 3_000; i++) {
      wide.append(",\"column").append(i).append("\":").append(i);
    }
    good("wide", wide + "," + event("x").replace("{\"id\":\"x\",", ""));
  }

  /** Those that can't stand in an array, or are too large for one. */
  private void messagesOfTheirOwn() {
    alone("empty", " ");
    alone("not_an_object", "[]");
    landing.add("before-the-break");
    alone("not_json", "[" + event("before-the-break") + ",{\"id\":},{}]");
    alone("not_an_object", "[".repeat(10_000));
    alone("not_json", "{");
    alone("not_json", "{\"pad\":\"" + "x".repeat(LARGEST - 20) + "\",");
    messages.add(with("long", "text", "\"" + "x".repeat(200_000) + "\""));
    landing.add("long");
  }

  private void bad(String reason, String event) {
    rejected.merge(reason, 1, Integer::sum);
    among(event);
  }

  private void good(String id, String event) {
    landing.add(id);
    among(event);
  }

  private void alone(String reason, String message) {
    rejected.merge(reason, 1, Integer::sum);
    messages.add(message);
  }

  private void among(String event) {
    String before = "neighbour-" + neighbours++;
    String after = "neighbour-" + neighbours++;
    landing.addAll(List.of(before, after));
    messages.add("[" + event(before) + "," + event + "," + event(after) + "]");
  }

  private static String event(String id) {
    return "{\"id\":\"%s\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"source\":\"s\"}"
        .formatted(id);
  }

  /** An event with more members: names and JSON values by turns. */
  private static String with(String id, String... members) {
    StringBuilder event = new StringBuilder(event(id));
    for (int i = 0; i < members.length; i += 2) {
      event.insert(event.length() - 1, ",\"" + members[i] + "\":" + members[i + 1]);
    }
    return event.toString();
  }

  private void runUntilEmpty() throws Exception {
    Map<String, String> quick = new LinkedHashMap<>();
    quick.put("WADI_DECODE_SHAPE", "json");
    quick.put("WADI_LAND_MAX_AGE", "1s");
    quick.put("WADI_LAND_FIRST_AGE", "1s");
    try (WadiProcess wadi =
        WadiProcess.start(
            quick, "run", "--rate", "0", "--port", "0", "--data", folder.toString())) {
      wadi.awaitError(line -> line.startsWith("ready"), "readiness");
      try (LocalQueues queues = LocalQueues.of(folder)) {
        messages.forEach(queues::send);
        await().atMost(PATIENCE).until(() -> queues.held() == 0);
      }
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
      assertThat(wadi.errors()).noneMatch(line -> line.contains(" ERROR "));
    }
  }

  /** Small ones are in the dead letter, and those of 255 KB, which its message has no room for. */
  private void showsTheBytesOf(List<JsonNode> letters) throws Exception {
    List<String> shown = new ArrayList<>();
    for (JsonNode letter : letters) {
      if (letter.get("reason").asText().equals("not_json")) {
        shown.add(
            String.join("\n", read("dead-letters", "show", letter.get("dead_letter_id").asText())));
      }
    }
    assertThat(shown)
        .anyMatch(text -> text.contains("\noriginal bytes (" + (LARGEST - 10) + "):\n{\"pad\":"))
        .anyMatch(text -> text.contains("\noriginal bytes (1):\n{"))
        .anyMatch(text -> text.contains("\n{\"id\":},{}]"));
  }

  /** No name has led anything out of its folder. */
  private void staysInTheLake() throws Exception {
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".wadi", "lake", "raw");
    }
    assertThat(folder.resolve("lake/events/event_type=a%2Fb")).isDirectory();
    JsonNode doc = query("SELECT _doc FROM events WHERE event_id = 'names'").get(0).get("_doc");
    JsonNode names = doc.isTextual() ? JSON.readTree(doc.asText()) : doc;
    assertThat(((ObjectNode) names).fieldNames())
        .toIterable()
        .contains("../../x", "'; DROP TABLE events; --", "a\"b");
  }

  private List<JsonNode> query(String sql) throws Exception {
    return lines("query", sql, "--format", "json");
  }

  private List<JsonNode> lines(String... words) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : read(words)) {
      rows.add(parse(line));
    }
    return rows;
  }

  private static JsonNode parse(String line) throws JsonProcessingException {
    return JSON.readTree(line);
  }

  private List<String> read(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--data", folder.toString()));
    try (WadiProcess reader = WadiProcess.start(Map.of(), command.toArray(String[]::new))) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      return reader.output();
    }
  }
}
