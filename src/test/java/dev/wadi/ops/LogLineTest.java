package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** In processes of their own, since the log is set up once, from the environment. */
@Tag("integration")
class LogLineTest {

  /** What the processes run. */
  static final class Speaker {
    private Speaker() {}

    public static void main(String[] args) {
      LoggerFactory.getLogger("dev.wadi.land.Committer").info("committed commit={} rows=3", "01K");
      LoggerFactory.getLogger("dev.wadi.decode.Decoder").warn("odd type={}", "a\nERROR forged");
      LoggerFactory.getLogger("dev.wadi.land.Committer").debug("detail");
      LoggerFactory.getLogger("org.apache.camel.main.Main").info("chatter");
      LoggerFactory.getLogger("my-route").info("a user's log step");
      LoggerFactory.getLogger("dev.wadi.Wadi").error("bug", new IllegalStateException("broken"));
    }
  }

  @Test
  void isOneLineWithTimeLevelShortLoggerAndMessage() throws Exception {
    List<String> lines = speak(Map.of());

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\S+ INFO  Committer committed commit=01K rows=3");
    assertThat(lines.get(1)).endsWith("WARN  Decoder odd type=a\\nERROR forged");
    assertThat(lines.get(2)).endsWith("INFO  my-route a user's log step");
    assertThat(lines.get(3))
        .contains("ERROR Wadi bug | java.lang.IllegalStateException: broken | ");
  }

  @Test
  void takesItsLevelFromTheEnvironment() throws Exception {
    assertThat(speak(Map.of("WADI_LOG_LEVEL", "DEBUG")))
        .anyMatch(line -> line.endsWith("DEBUG Committer detail"))
        .noneMatch(line -> line.contains("chatter"));
    assertThat(speak(Map.of("WADI_LOG_LEVEL", "error"))).hasSize(1);
  }

  @Test
  void isOneJsonObjectALineIfWanted() throws Exception {
    List<String> lines = speak(Map.of("WADI_LOG_FORMAT", "json"));

    assertThat(lines).hasSize(4);
    JsonNode warning = new JsonMapper().readTree(lines.get(1));
    assertThat(warning.at("/level").asText()).isEqualTo("WARN");
    assertThat(warning.at("/logger").asText()).isEqualTo("dev.wadi.decode.Decoder");
    assertThat(warning.at("/message").asText()).isEqualTo("odd type=a\nERROR forged");
    assertThat(new JsonMapper().readTree(lines.get(3)).at("/error").asText())
        .startsWith("java.lang.IllegalStateException: broken");
  }

  private static List<String> speak(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder speaker =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            Speaker.class.getName());
    speaker.environment().keySet().removeIf(name -> name.startsWith("WADI_"));
    speaker.environment().putAll(environment);
    Process process = speaker.start();
    process.getOutputStream().close();
    String lines = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.getInputStream().readAllBytes()).as("standard output").isEmpty();
    assertThat(process.waitFor()).isZero();
    return lines.lines().toList();
  }
}
