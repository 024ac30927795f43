package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.WadiProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wadi check} as a user calls it; {@link CheckTest} has what it finds. */
@Tag("integration")
class CheckIT {

  private static final String BROKEN =
      """
      - route:
          id: mine
          from:
            uri: timer:mine
            steps:
              - process: {ref: nosuch}
              - to: nosuch:x
      """;

  private static final String DOUBTFUL =
      """
      - route:
          id: pipeline
          from:
            uri: direct:pipeline
            steps:
              - split:
                  simple: "${body}"
                  shareUnitOfWork: true
                  steps:
                    - to: direct:event
              - process: {ref: stage}
      """;

  @TempDir Path folder;

  @Test
  void saysThatAllIsWell() throws Exception {
    assertThat(check(0, Map.of()))
        .singleElement()
        .asString()
        .matches("ok: \\d+ routes, \\d+ shapes, \\d+ settings");
  }

  @Test
  void saysEachFindingInALineAndExitsWithOne() throws Exception {
    Path file = route(BROKEN);
    assertThat(check(1, Map.of("WADI_INTAKE_RECEIVERS", "many"), "--routes", routes()))
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("wadi.intake.receivers is 'many' (environment"),
            line -> assertThat(line).startsWith(file + ":6: there is no bean 'nosuch'"),
            line -> assertThat(line).startsWith(file + ":7: there is no component 'nosuch'"),
            line -> assertThat(line).startsWith("3 errors, 0 warnings in "));
  }

  @Test
  void passesWarningsUnlessItIsToBeStrict() throws Exception {
    Path file = route(DOUBTFUL);
    assertThat(check(0, Map.of(), "--routes", routes()).get(0))
        .startsWith(file + ":6: warning: in an outage");
    check(1, Map.of(), "--routes", routes(), "--strict");
  }

  @Test
  void printsOneJsonObject() throws Exception {
    Path file = route(BROKEN);
    JsonNode json =
        new ObjectMapper()
            .readTree(String.join("", check(1, Map.of(), "--routes", routes(), "--json")));
    assertThat(json.path("errors").asInt()).isEqualTo(2);
    JsonNode first = json.path("findings").path(0);
    assertThat(first.path("severity").asText()).isEqualTo("error");
    assertThat(first.path("file").asText()).isEqualTo(file.toString());
    assertThat(first.path("line").asInt()).isEqualTo(6);
    assertThat(first.path("message").asText()).contains("there is no bean");
  }

  @Test
  void exitsWithTwoForWrongUsage() throws Exception {
    check(2, Map.of(), "--profile", "moon");
    check(2, Map.of(), "--bogus");
  }

  private Path route(String yaml) throws Exception {
    Path file = folder.resolve("routes/mine.yaml");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, yaml);
  }

  private String routes() {
    return folder.resolve("routes").toString();
  }

  private static List<String> check(int code, Map<String, String> environment, String... options)
      throws Exception {
    List<String> words = new java.util.ArrayList<>(List.of("check"));
    words.addAll(List.of(options));
    try (WadiProcess wadi = WadiProcess.start(environment, words.toArray(String[]::new))) {
      assertThat(wadi.waitFor()).as("exit code:\n%s", wadi.log()).isEqualTo(code);
      return wadi.output();
    }
  }
}
