package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.docs.MarkdownPage;
import dev.wadi.docs.Shell;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each flow end to end, in the packaged application, by the commands of its README. */
@Tag("integration")
class FlowsIT {

  private static final Path FLOWS = Path.of("src/main/resources/flows");
  private static final Pattern CAT = Pattern.compile("\\$\\(cat ([^)]+)\\)");

  /** Those that end by themselves. */
  static final List<String> flows =
      List.of("cdevents", "cdevents-files", "named-events", "web-sessions");

  /** What a README leaves to its default. */
  private static final Map<String, String> QUICK = Map.of("WADI_SIMULATOR_RATE", "max");

  @TempDir Path data;

  private WadiCommands commands() {
    return new WadiCommands(data, Map.of());
  }

  @ParameterizedTest
  @FieldSource("flows")
  void doWhatTheirReadmesSay(String flow) throws Exception {
    List<List<String>> all = readme(flow);
    assertThat(all.get(0)).startsWith("run", "--flow", flow, "--events");
    assertThat(all).hasSizeGreaterThan(1);
    run(all.get(0));
    for (List<String> command : all.subList(1, all.size())) {
      assertThat(commands().read(command.toArray(String[]::new)))
          .as(String.join(" ", command))
          .hasSizeGreaterThanOrEqualTo(command.contains("json") ? 1 : 3);
    }
    assertThat(commands().read("verify", "--checksums"))
        .anyMatch(line -> line.startsWith("OK: every event received is accounted for"));
  }

  @Test
  void bronzeToStagingDoesWhatItsReadmeSays() throws Exception {
    List<List<String>> all = readme("bronze-to-staging");
    List<String> run = new ArrayList<>(all.get(0));
    assertThat(run).containsExactly("run", "--flow", "bronze-to-staging");
    run.addAll(List.of("--data", data.toString(), "--port", "0"));
    try (WadiProcess wadi =
        WadiProcess.start(Map.of("WADI_LAND_MAX_AGE", "1s"), run.toArray(String[]::new))) {
      wadi.awaitError(line -> line.startsWith("ready"), "readiness");
      for (String copied : copies("bronze-to-staging")) {
        Path file = Path.of(copied);
        Files.copy(file, data.resolve("raw").resolve(file.getFileName()));
      }
      await()
          .atMost(Duration.ofSeconds(300))
          .pollInterval(Duration.ofSeconds(3))
          .until(() -> count("events") == 297 && count("dead_letters") == 3);
      for (List<String> command : all.subList(1, all.size())) {
        assertThat(commands().read(command.toArray(String[]::new))).hasSizeGreaterThan(2);
      }
      assertThat(wadi.terminate()).isZero();
    }
    assertThat(count("duplicates")).isEqualTo(24);
    assertThat(count("conflicts")).isEqualTo(1);
    assertThat(
            commands().query("SELECT position, reason, rule FROM dead_letters ORDER BY position"))
        .extracting(JsonNode::toString)
        .satisfiesExactly(
            letter -> assertThat(letter).contains("2026-11-21-again.jsonl", "#25\"", "wrong_type"),
            letter -> assertThat(letter).contains("#26\"", "\"rule\":\"parameter\""),
            letter -> assertThat(letter).contains("#27\"", "missing_field"));
    assertThat(data.resolve("staging/events/event_type=pm10/event_date=2026-11-20"))
        .isNotEmptyDirectory();
    assertThat(data.resolve("lake")).doesNotExist();
    assertThat(commands().refusal(1, "run", "--flow", "cdevents", "--port", "0"))
        .contains("has the lake 'staging', and wadi.land.bucket is 'lake': choose another folder");
  }

  @Test
  void namedEventsLandAsJsonByTypeSubtypeAndDateAndTheirDuplicatesUnderDuplicated()
      throws Exception {
    JsonNode summary =
        run(
            List.of(
                "run",
                "--flow",
                "named-events",
                "--events",
                "400",
                "--rate",
                "max",
                "--seed",
                "5",
                "--duplicates",
                "0.1",
                "--conflicts",
                "0.05"));
    assertThat(summary.get("landed").asInt()).isPositive();
    assertThat(summary.get("duplicates").asInt()).isPositive();
    assertThat(files("events"))
        .isNotEmpty()
        .allMatch(
            file ->
                file.matches(
                    "events/event_type=\\w+/event_subtype=\\w+/event_date=[0-9-]{10}/\\w+-\\d+\\.jsonl\\.zst"))
        .anyMatch(file -> file.startsWith("events/event_type=cart/event_subtype=item/"));
    assertThat(files("duplicated"))
        .isNotEmpty()
        .allMatch(file -> file.matches("duplicated/received_date=[0-9-]{10}/.*\\.jsonl\\.zst"));
    assertThat(data.resolve("lake/duplicates")).doesNotExist();

    List<JsonNode> rows =
        commands()
            .query(
                "SELECT event_key, created_at, created_datetime, event_time, _doc FROM events"
                    + " UNION ALL SELECT event_key, NULL, NULL, event_time, _doc FROM duplicates"
                    + " UNION ALL SELECT event_key, NULL, NULL, event_time, _doc FROM conflicts");
    assertThat(rows)
        .hasSize(
            summary.get("landed").asInt()
                + summary.get("duplicates").asInt()
                + summary.get("conflicts").asInt())
        .allSatisfy(
            row ->
                assertThat(row.get("_doc").asText())
                    .contains("\"email_hash\":\"")
                    .doesNotContain("@mail.example", "\"name\":"));
    commands().read("compact");
    assertThat(commands().query("SELECT count(*) AS n FROM duplicates").get(0).get("n").asInt())
        .isEqualTo(summary.get("duplicates").asInt());
    assertThat(commands().read("verify")).anyMatch(line -> line.startsWith("OK"));
  }

  @Test
  void webSessionsKeepTheWholeEventButTheAddress() throws Exception {
    run(List.of("run", "--flow", "web-sessions", "--events", "300", "--seed", "5"));
    assertThat(files("events"))
        .allMatch(file -> file.matches("events/event_date=[0-9-]{10}/.*\\.parquet"));
    List<JsonNode> rows = commands().query("FROM events");
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.has("location_ip")).isFalse();
              assertThat(row.get("_doc").asText()).doesNotContain("\"ip\":");
              assertThat(row.get("location_network").asText()).matches("[0-9.]+\\.0");
              assertThat(row.get("location_country_name").asText()).isNotBlank();
              assertThat(row.get("session_sequence").asInt()).isPositive();
              assertThat(row.get("user_agent_device_screen_width").asInt()).isPositive();
              assertThat(row.get("_doc").asText()).contains("\"experiments\":[{");
            });
  }

  @Test
  void aFlowOfTheUsersIsAFolder() throws Exception {
    Path flow = data.resolve("my-flow");
    Files.createDirectories(flow.resolve("shapes"));
    Files.writeString(flow.resolve("flow.properties"), "wadi.decode.shape = mine\n");
    Files.writeString(
        flow.resolve("shapes/mine.yaml"),
        "key: context.id\nid: context.id\ntype: {path: context.type}\n"
            + "time: {path: context.timestamp, format: iso8601}\n");
    run(List.of("run", "--flow", flow.toString(), "--events", "20"));
    assertThat(commands().query("SELECT DISTINCT event_type FROM events"))
        .allMatch(row -> row.get("event_type").asText().startsWith("dev.cdevents."));
  }

  @Test
  void saysWhichFlowsThereAre() throws Exception {
    try (WadiProcess wadi = WadiProcess.start(Map.of(), "run", "--flow", "moon")) {
      assertThat(wadi.waitFor()).isEqualTo(1);
      assertThat(wadi.errors())
          .singleElement()
          .asString()
          .startsWith("wadi: there is no flow 'moon': use one of cdevents, ");
    }
    try (WadiProcess wadi = WadiProcess.start(Map.of(), "flows")) {
      assertThat(wadi.waitFor()).isZero();
      assertThat(wadi.output()).hasSameSizeAs(Flow.SHIPPED);
    }
  }

  /** Runs to its end, with all that it lands accounted for; the summary. */
  private JsonNode run(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--data", data.toString(), "--port", "0", "--json"));
    try (WadiProcess wadi = WadiProcess.start(QUICK, command.toArray(String[]::new))) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isZero();
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(wadi.output().get(0));
    }
  }

  private int count(String table) throws Exception {
    return commands().query("SELECT count(*) AS n FROM " + table).get(0).get("n").asInt();
  }

  /** The files that a README copies. */
  private static List<String> copies(String flow) throws IOException {
    List<String> files = new ArrayList<>();
    for (String line : Files.readAllLines(FLOWS.resolve(flow).resolve("README.md"))) {
      if (line.startsWith("cp ")) {
        files.add(line.split(" ")[1]);
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }

  private List<String> files(String table) throws IOException {
    Path lake = data.resolve("lake");
    try (Stream<Path> tree = Files.walk(lake.resolve(table))) {
      return tree.filter(Files::isRegularFile)
          .map(file -> lake.relativize(file).toString())
          .toList();
    }
  }

  /** The commands of a README, without those of AWS, and without the folder that they name. */
  private static List<List<String>> readme(String flow) throws IOException {
    List<List<String>> commands = new ArrayList<>();
    for (MarkdownPage.Block block :
        MarkdownPage.read(FLOWS.resolve(flow).resolve("README.md")).blocks("sh")) {
      for (List<String> command : Shell.commands(block.text())) {
        if (command.get(0).equals("./wadi")) {
          commands.add(words(command.subList(1, command.size())));
        }
      }
    }
    return commands;
  }

  /** A command's words, with the file that one is to be the content of. */
  private static List<String> words(List<String> command) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : command) {
      Matcher cat = CAT.matcher(word);
      words.add(cat.matches() ? Files.readString(Path.of(cat.group(1))) : word);
    }
    int named = words.indexOf("--data");
    return named < 0 ? words : words.subList(0, named);
  }
}
