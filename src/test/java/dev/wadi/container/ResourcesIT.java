package dev.wadi.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.MotoServer;
import dev.wadi.process.WadiProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docker-compose.yml does without Docker: its script makes the resources on a server that
 * plays AWS, and Wadi lands events through them with the environment that it has there. Needs the
 * AWS command line.
 */
@Tag("integration")
class ResourcesIT {

  private static final String EVENTS = "150";

  @TempDir Path folder;

  @BeforeAll
  static void needsTheAwsCommandLine() {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "aws"))),
        "the script makes resources by the AWS command line, and there is no aws on the PATH");
  }

  @Test
  void wadiLandsEventsThroughWhatTheScriptHasMade() throws Exception {
    ComposeFile compose = ComposeFile.read();
    try (MotoServer aws = MotoServer.start()) {
      Map<String, String> resources = compose.environment("resources");
      resources.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
      resources.put("WADI_INTAKE_STREAM", "wadi-dev-events");

      String first = run(resources);
      assertThat(first)
          .contains("wadi-dev-events", "wadi-dev-dead-letters", "wadi-dev-drops")
          .contains("bucket wadi-dev-lake-000000000000", "table wadi-dev-claims")
          .contains("stream wadi-dev-events");
      assertThat(run(resources)).as("run again").isEqualTo(first);

      Map<String, String> environment = new HashMap<>(compose.environment("wadi"));
      environment.put("WADI_AWS_ENDPOINT", aws.endpoint().toString());
      environment.put("WADI_SIMULATOR_MALFORMED", "0");
      environment.put("WADI_SIMULATOR_DUPLICATES", "0");
      try (WadiProcess wadi =
          WadiProcess.start(
              environment,
              "run",
              "--profile",
              "aws",
              "--data",
              folder.resolve("data").toString(),
              "--port",
              "0",
              "--rate",
              "max",
              "--events",
              EVENTS,
              "--json")) {
        assertThat(wadi.waitFor()).as(wadi.log()).isZero();
        List<String> output = wadi.output();
        JsonNode summary = new ObjectMapper().readTree(output.get(output.size() - 1));
        assertThat(summary.get("landed").asText()).isEqualTo(EVENTS);
      }
    }
  }

  private String run(Map<String, String> environment) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "script", ".txt");
    ProcessBuilder script = new ProcessBuilder("sh", "deploy/compose/create-resources.sh");
    script.environment().putAll(environment);
    int exitCode =
        script.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(exitCode).as(text).isZero();
    return text;
  }
}
