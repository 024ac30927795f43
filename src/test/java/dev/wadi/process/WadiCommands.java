package dev.wadi.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands of the packaged application on one data folder, each in a process of its own. */
public final class WadiCommands {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path data;
  private final Map<String, String> environment;

  /**
   * @param environment of all commands, added to this process's own
   */
  public WadiCommands(Path data, Map<String, String> environment) {
    this.data = data;
    this.environment = Map.copyOf(environment);
  }

  /** The summary of an ingest, which must end well and without an error in its log. */
  public JsonNode ingest(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ingest", "--json"));
    command.addAll(List.of(words));
    try (WadiProcess wadi = start(command)) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isZero();
      assertThat(wadi.errors()).noneMatch(line -> line.contains(" ERROR "));
      assertThat(wadi.output()).as("lines on standard output").hasSize(1);
      return JSON.readTree(wadi.output().get(0));
    }
  }

  /** The one line on standard error of a command that must end with this exit code. */
  public String refusal(int exitCode, String... words) throws Exception {
    try (WadiProcess wadi = start(List.of(words))) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isEqualTo(exitCode);
      assertThat(wadi.output()).isEmpty();
      assertThat(wadi.errors()).as("lines on standard error").hasSize(1);
      assertThat(wadi.errors().get(0)).startsWith("wadi").doesNotContain("\tat ");
      return wadi.errors().get(0);
    }
  }

  /** The rows that a query answers with. */
  public List<JsonNode> query(String sql) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : read("query", sql, "--format", "json")) {
      rows.add(parse(line));
    }
    return rows;
  }

  /** The lines on standard output of a command that must end well. */
  public List<String> read(String... words) throws Exception {
    try (WadiProcess reader = start(List.of(words))) {
      assertThat(reader.waitFor()).as("exit code:\n%s", reader.log()).isZero();
      return reader.output();
    }
  }

  private WadiProcess start(List<String> words) {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--data", data.toString()));
    return WadiProcess.start(environment, command.toArray(String[]::new));
  }

  private static JsonNode parse(String line) throws IOException {
    return JSON.readTree(line);
  }
}
