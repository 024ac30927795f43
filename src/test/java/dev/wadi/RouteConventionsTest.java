package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house rules of route files, over all of them. */
@Tag("unit")
class RouteConventionsTest {

  private static final Path ROUTES = Path.of("src/main/resources/routes");
  private static final int MAX_LINES = 75;
  private static final Set<String> STEPS_WITH_ID =
      Set.of(
          "split",
          "process",
          "to",
          "toD",
          "choice",
          "idempotentConsumer",
          "filter",
          "onException",
          "setBody",
          "transform",
          "convertBodyTo",
          "marshal",
          "unmarshal",
          "bean",
          "setHeader",
          "setProperty",
          "script");

  /** Wadi's own and those of its flows. */
  static List<Path> allRouteFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/flows"))) {
      return Stream.concat(
              routeFiles().stream(), files.filter(file -> file.toString().endsWith(".camel.yaml")))
          .sorted()
          .toList();
    }
  }

  static List<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("allRouteFiles")
  void holdsOneRouteNamedLikeItsFileWithADescription(Path file) throws IOException {
    List<JsonNode> routes = new ArrayList<>();
    read(file)
        .forEach(
            element -> {
              if (element.has("route")) {
                routes.add(element.get("route"));
              }
            });
    assertThat(routes).hasSize(1);
    String name = file.getFileName().toString().replaceFirst("^\\d\\d-", "");
    assertThat(name).isEqualTo(routes.get(0).path("id").asText() + ".camel.yaml");
    assertThat(routes.get(0).path("description").asText()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void isShort(Path file) throws IOException {
    assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MAX_LINES);
  }

  @ParameterizedTest
  @MethodSource("allRouteFiles")
  void givesEveryStepAnIdThatBeginsWithTheRoutes(Path file) throws IOException {
    JsonNode root = read(file);
    String route =
        file.getFileName().toString().replaceFirst("^\\d\\d-", "").replace(".camel.yaml", "");
    forEachStep(
        root,
        (name, step) ->
            assertThat(step.path("id").asText())
                .as("id of %s in %s: %s", name, file, step)
                .startsWith(route + "-"));
  }

  @Test
  void givesNoIdTwice() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Path file : routeFiles()) {
      forEachStep(
          read(file),
          (name, step) -> {
            String id = step.path("id").asText();
            assertThat(seen.add(id)).as("id %s stands twice, again in %s", id, file).isTrue();
          });
    }
  }

  @ParameterizedTest
  @MethodSource("allRouteFiles")
  void namesNoQueueBucketNumberOrCredentialLiterally(Path file) throws IOException {
    assertThat(Files.readAllLines(file))
        .allSatisfy(
            line -> {
              assertThat(line).doesNotContainPattern("aws2-(sqs|s3|kinesis):(?!\\{\\{)");
              assertThat(line).doesNotContainPattern("wadi-(sqs|kinesis):(?!\\{\\{)");
              assertThat(line)
                  .doesNotContainPattern(
                      Pattern.compile(
                          "(delay|period|timeout|wait|max[A-Z]\\w*): \"?\\d",
                          Pattern.CASE_INSENSITIVE));
              assertThat(line.toLowerCase(java.util.Locale.ROOT))
                  .doesNotContainPattern("(accesskey|secretkey|password)(?!: \"\\{\\{)");
            });
  }

  private interface StepCheck {
    void check(String name, JsonNode step);
  }

  private static void forEachStep(JsonNode node, StepCheck check) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              member -> {
                if (STEPS_WITH_ID.contains(member.getKey())
                    && member.getValue().isContainerNode()) {
                  check.check(member.getKey(), member.getValue());
                }
                forEachStep(member.getValue(), check);
              });
    } else if (node.isArray()) {
      node.forEach(element -> forEachStep(element, check));
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }
}
