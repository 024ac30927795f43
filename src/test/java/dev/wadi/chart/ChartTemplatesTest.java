package dev.wadi.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.cli.RunCommand;
import dev.wadi.cli.VerifyCommand;
import dev.wadi.ops.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the templates name is there, in the values and in the application. */
@Tag("unit")
class ChartTemplatesTest {

  private static final Path ROUTES = Path.of("src/main/resources/routes");
  private static final Path DOCKERFILE = Path.of("Dockerfile");

  private String templates;

  @BeforeEach
  void read() throws IOException {
    templates = Chart.templates();
  }

  @Test
  void readValuesThatThereAreAndEachOfThem() throws IOException {
    JsonNode values = Chart.values();
    Set<String> read = named("\\.Values\\.([A-Za-z.]+)");
    assertThat(read)
        .allSatisfy(
            name ->
                assertThat(values.at("/" + name.replace('.', '/')).isMissingNode())
                    .as(name)
                    .isFalse());
    Set<String> tops = read.stream().map(name -> name.split("\\.")[0]).collect(Collectors.toSet());
    values.fieldNames().forEachRemaining(name -> assertThat(tops).contains(name));
  }

  @Test
  void goBySettingsThatAreInTheValues() throws IOException {
    JsonNode settings = Chart.values().path("settings");
    Set<String> read = named("\"(wadi\\.[a-z]+\\.[a-z.-]+)\"");
    assertThat(read).hasSizeGreaterThan(8);
    assertThat(read).allSatisfy(name -> assertThat(settings.has(name)).as(name).isTrue());
  }

  @Test
  void setEnvironmentVariablesThatTheApplicationReads() throws IOException {
    Set<String> known =
        Stream.of(Setting.values()).map(Setting::environmentVariable).collect(Collectors.toSet());
    known.addAll(Set.of("WADI_LOG_LEVEL", "WADI_LOG_FORMAT"));
    if (Files.readString(Path.of("wadi")).contains("${WADI_JAVA_OPTS:-}")) {
      known.add("WADI_JAVA_OPTS");
    }
    assertThat(known).containsAll(named("name: (WADI_[A-Z_]+)"));
  }

  @Test
  void giveOptionsThatRunHas() {
    Set<String> options = named("- (--[a-z]+)=");
    assertThat(options).contains("--profile", "--data", "--config", "--routes");
    assertThat(new CommandLine(new RunCommand()).getCommandSpec().optionsMap().keySet())
        .containsAll(options);
  }

  @Test
  void giveOptionsThatVerifyHas() throws IOException {
    templates = Files.readString(Chart.FOLDER.resolve("templates/verify.yaml"));
    assertThat(named("- (verify)\n")).hasSize(1);
    assertThat(new CommandLine(new VerifyCommand()).getCommandSpec().optionsMap().keySet())
        .containsAll(named("- (--[a-z]+)="));
  }

  @Test
  void askPathsThatAreServed() throws IOException {
    Set<String> served = new TreeSet<>();
    try (Stream<Path> files = Files.list(ROUTES)) {
      for (Path file : files.toList()) {
        Matcher path =
            Pattern.compile("path: (/\\S*)|wadi-http:(/\\S+)").matcher(Files.readString(file));
        while (path.find()) {
          served.add(path.group(1) == null ? path.group(2) : path.group(1));
        }
      }
    }
    assertThat(served)
        .containsAll(named(" path: (/[a-z/]+)\n"))
        .contains("/health/ready", "/health/live", "/events", "/metrics");
  }

  @Test
  void openThePortThatTheSettingsName() {
    assertThat(named("containerPort: (\\d+)")).containsExactly(Setting.HTTP_PORT.defaultValue());
    assertThat(named("wadi.http.port = (\\d+)")).containsExactly(Setting.HTTP_PORT.defaultValue());
  }

  @Test
  void useTheUserThePortAndTheFolderOfTheImage() throws IOException {
    assumeTrue(Files.exists(DOCKERFILE), "there is no Dockerfile");
    String image = Files.readString(DOCKERFILE);
    assertThat(image).containsPattern("USER 10001").contains("8080").contains("/var/lib/wadi");
    assertThat(templates).contains("runAsUser: 10001", "--data=/var/lib/wadi");
  }

  private Set<String> named(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(templates);
    Set<String> found = new TreeSet<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
