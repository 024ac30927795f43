package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart's examples name what Terraform makes for the environment: its role may touch nothing
 * else.
 */
@Tag("unit")
class ChartTerraformTest {

  private static final Path MODULES = Path.of("terraform", "modules");
  private static final String ACCOUNT = "111122223333";

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void examplesNameWhatTerraformMakes(String environment) throws IOException {
    JsonNode values = Chart.valuesWith("values-" + environment + ".yaml");
    Map<String, String> given = new TreeMap<>();
    values
        .path("settings")
        .properties()
        .forEach(entry -> given.put(entry.getKey(), entry.getValue().asText()));
    Map<String, String> made = made("wadi-" + environment);
    assertThat(made).hasSize(8);
    if (given.get("wadi.intake.stream").isBlank()) {
      made.remove("wadi.intake.stream");
      made.remove("wadi.intake.application");
    }
    if (given.get("wadi.deduplicate.repository").equals("caffeine")) {
      made.remove("wadi.deduplicate.table");
    }
    assertThat(given).containsAllEntriesOf(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void examplesNameTheRoleOfTheService(String environment) throws IOException {
    assertThat(Files.readString(MODULES.resolve("service/main.tf")))
        .contains("\"${var.name}-service\"");
    JsonNode values = Chart.valuesWith("values-" + environment + ".yaml");
    assertThat(values.at("/serviceAccount/roleArn").asText())
        .isEqualTo("arn:aws:iam::%s:role/wadi-%s-service".formatted(ACCOUNT, environment));
  }

  /** The settings that the stack outputs and that are names of what its modules make. */
  private static Map<String, String> made(String name) throws IOException {
    String stack = Files.readString(MODULES.resolve("stack/main.tf"));
    Map<String, String> made = new TreeMap<>();
    Pattern.compile("\"(wadi\\.[a-z.-]+)\"\\s*= module\\.(\\w+)\\.(\\w+)(?:\\[\"(\\w+)\"])?")
        .matcher(stack)
        .results()
        .forEach(
            found ->
                made.put(
                    found.group(1),
                    // a module's output has the name of the argument that it comes from
                    Optional.ofNullable(found.group(4))
                        .map(
                            role ->
                                first(stack, "buckets .*role => \"([^\"]+)\"")
                                    .replace("${role}", role))
                        .orElseGet(() -> argument(stack, found.group(2), found.group(3)))
                        .replace("${local.name}", name)
                        .replace("${local.account}", ACCOUNT)));
    return made;
  }

  private static String argument(String stack, String module, String argument) {
    String block = first(stack, "(?s)module \"" + module + "\" \\{\n(.*?)\n}");
    return first(block, "(?m)^  " + argument + " *= \"([^\"]+)\"");
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Terraform has no longer: " + pattern));
  }
}
