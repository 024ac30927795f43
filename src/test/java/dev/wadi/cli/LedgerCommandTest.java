package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.Ingest;
import dev.wadi.intake.file.Input;
import dev.wadi.land.Manifest;
import dev.wadi.ops.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class LedgerCommandTest {

  private static final Map<String, String> SETTINGS =
      Map.of("wadi.decode.shape", "json", "wadi.ingest.max-events", "1000");

  @TempDir Path folder;

  @Test
  void showsWhatTheIndexHasAndMakesItAnewFromTheLake() throws Exception {
    Path file = Files.write(folder.resolve("in.jsonl"), events());
    assertThat(ingest(file)).isEqualTo(3001);
    JsonNode before = status();
    // 3,001 events, and the dead letter of the line that is none
    assertThat(before.at("/ledger/keys").longValue()).isEqualTo(3002);
    empty(data().resolve(".wadi/ledger"));
    empty(data().resolve(".wadi/deliveries"));
    assertThat(status().at("/ledger/keys").longValue()).isZero();

    CommandRun rebuilt = run("rebuild", "--data", data().toString(), "--json");

    assertThat(rebuilt.err()).isEmpty();
    assertThat(rebuilt.exitCode()).isZero();
    JsonNode after = status();
    assertThat(new ObjectMapper().readTree(rebuilt.out())).isEqualTo(after);
    assertThat(after.at("/ledger/keys")).isEqualTo(before.at("/ledger/keys"));
    assertThat(after.at("/ledger/last_commit")).isEqualTo(before.at("/ledger/last_commit"));
    assertThat(after.at("/deliveries/last_commit")).isEqualTo(before.at("/ledger/last_commit"));
    assertThat(ingest(file)).isZero();
  }

  @Test
  void showsTheStateForPeople() throws Exception {
    ingest(Files.write(folder.resolve("in.jsonl"), List.of(event(1), event(2))));

    CommandRun shown = run("--data", data().toString());

    assertThat(shown.out())
        .matches(
            "(?s)ledger      2 keys in 1 files of \\d+ bytes, up to commit \\w{26}\\R"
                + "deliveries  0 keys in 0 files of 0 bytes, up to no commit\\R");
  }

  @Test
  void saysThatThereIsNoDataFolder() {
    CommandRun shown = run("--data", folder.resolve("none").toString());

    assertThat(shown.exitCode()).isEqualTo(1);
    assertThat(shown.err()).startsWith("wadi: there is no data folder '").hasLineCount(1);
    assertThat(run("rebuild", "--profile", "x", "--data", folder.toString()).exitCode())
        .isEqualTo(2);
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(LedgerCommand::new, arguments);
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(run("--json", "--data", data().toString()).out());
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Returns how many events landed. */
  private long ingest(Path file) throws InterruptedException {
    List<Manifest> commits = new ArrayList<>();
    List<Input> inputs = List.of(Input.file(file.toString()));
    try (Ingest ingest =
        new Ingest(Settings.load("local", SETTINGS, null), data(), null, inputs, null)) {
      ingest.run((manifest, bytes, took) -> commits.add(manifest));
    }
    return commits.stream().mapToLong(commit -> commit.sources().get("file").landed()).sum();
  }

  private static List<String> events() {
    return Stream.concat(
            Stream.of("no event"), IntStream.rangeClosed(0, 3000).mapToObj(n -> event(n)))
        .toList();
  }

  private static String event(int n) {
    return "{\"id\":\"" + n + "\",\"type\":\"test\",\"time\":\"2026-11-21T12:00:00Z\"}";
  }

  private static void empty(Path ledger) throws IOException {
    try (Stream<Path> files = Files.list(ledger)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (java.nio.file.NoSuchFileException e) {
      assertThat(ledger).doesNotExist();
    }
  }
}
