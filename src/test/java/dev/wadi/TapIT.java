package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running Wadi, looked at by the command, both as they are packaged. */
@Tag("integration")
class TapIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;

  @Test
  void printsASampleOfWhatPassesANode() throws Exception {
    try (WadiProcess wadi =
        WadiProcess.start(
            Map.of("WADI_HTTP_TAP_TOKEN", "of-the-tap", "WADI_LAND_MAX_AGE", "1s"),
            "run",
            "--port",
            "0",
            "--data",
            data.toString())) {
      wadi.awaitError(line -> line.startsWith("ready"), "readiness");
      String url =
          wadi.errors().stream()
              .filter(line -> line.startsWith("ready at "))
              .map(line -> line.replaceFirst("ready at (\\S+)/ .*", "$1"))
              .findFirst()
              .orElseThrow();

      List<String> lines =
          tap(0, "event", "--url", url, "--count", "3", "--sample", "1/2", "--json");
      assertThat(lines).hasSizeGreaterThanOrEqualTo(5);
      JsonNode second =
          JSON.readTree(
              lines.stream()
                  .filter(line -> !line.startsWith("{\"tap\""))
                  .findFirst()
                  .orElseThrow());
      assertThat(second.get("node").asText()).isEqualTo("event-decode");
      assertThat(second.get("source").asText()).isEqualTo("sqs:events");
      assertThat(second.at("/body/context/type").asText()).startsWith("dev.cdevents");
      JsonNode counts = JSON.readTree(lines.get(lines.size() - 1)).get("tap");
      assertThat(counts.get("taken").asInt()).isGreaterThanOrEqualTo(3);
      assertThat(counts.get("dropped").asInt()).isZero();

      assertThat(tap(0, "--url", url)).contains("event-keep", "event (begins at event-decode)");
      assertThat(wadi.errors()).anyMatch(line -> line.contains("tap opened on node event-decode"));
      try (WadiProcess stranger =
          WadiProcess.start(Map.of(), "tap", "event", "--url", url, "--count", "1")) {
        assertThat(stranger.waitFor()).isEqualTo(1);
        assertThat(stranger.errors()).singleElement().asString().contains("a token is needed");
      }
      assertThat(wadi.terminate()).isZero();
    }
  }

  private static List<String> tap(int exitCode, String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = "tap";
    System.arraycopy(words, 0, all, 1, words.length);
    try (WadiProcess tap = WadiProcess.start(Map.of("WADI_HTTP_TAP_TOKEN", "of-the-tap"), all)) {
      assertThat(tap.waitFor()).as(tap.log()).isEqualTo(exitCode);
      return tap.output();
    }
  }
}
