package dev.wadi.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.cli.WadiCommand;
import dev.wadi.ops.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("unit")
class DockerfileTest {

  private DockerfileText dockerfile;

  @BeforeEach
  void read() throws IOException {
    dockerfile = DockerfileText.read();
  }

  @Test
  void copiesWhatIsThereAndNotIgnored() throws IOException {
    List<String> letIn =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(dockerfile.copiedFromContext())
        .isNotEmpty()
        .allSatisfy(
            source -> {
              assertThat(Path.of(source)).exists();
              assertThat(letIn)
                  .as("of .dockerignore, for " + source)
                  .anyMatch(path -> Path.of(source).startsWith(path));
            });
    assertThat(letIn).allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void buildsAndRunsWithOneJavaOfAPinnedVersion() {
    List<String> versions =
        dockerfile.all("ARG").stream()
            .filter(argument -> argument.contains("_IMAGE="))
            .map(argument -> argument.replaceFirst("(-jdk|-jre).*", ""))
            .map(argument -> argument.replaceFirst(".*=", ""))
            .toList();
    assertThat(versions).hasSize(2).containsOnly(versions.get(0));
    assertThat(versions.get(0)).matches("eclipse-temurin:25\\.\\d+\\.\\d+_\\d+");
    assertThat(dockerfile.last("LABEL") + dockerfile.all("LABEL"))
        .contains(versions.get(0) + "-jre");
    assertThat(dockerfile.last("FROM")).isEqualTo("${BASE_IMAGE}");
  }

  @Test
  void runsAsAUserWithoutRights() {
    assertThat(dockerfile.last("USER")).isEqualTo("10001:10001");
    assertThat(String.join("\n", dockerfile.all("RUN")))
        .contains("--gid 10001", "--uid 10001", "install -d -o wadi -g wadi -m 0750 /var/lib/wadi");
    assertThat(positionOf("USER")).isGreaterThan(positionOf("RUN"));
  }

  @Test
  void exposesThePortThatWadiListensOn() {
    assertThat(dockerfile.last("EXPOSE")).isEqualTo(Setting.HTTP_PORT.defaultValue());
  }

  @Test
  void runsCommandsThatWadiHas() {
    assertThat(DockerfileText.words(dockerfile.last("ENTRYPOINT"))).containsExactly("wadi");
    assertThat(parsed(DockerfileText.words(dockerfile.last("CMD")))).isEqualTo("run");
    List<String> health =
        DockerfileText.words(dockerfile.last("HEALTHCHECK").replaceFirst(".*CMD", ""));
    assertThat(health.get(0)).isEqualTo("wadi");
    assertThat(parsed(health.subList(1, health.size()))).isEqualTo("health");
  }

  /** What restarts a container for an outage elsewhere restarts all of them, again and again. */
  @Test
  void isIllOnlyWhereANewProcessWouldMendIt() throws IOException {
    assertThat(DockerfileText.words(dockerfile.last("HEALTHCHECK").replaceFirst(".*CMD", "")))
        .containsExactly("wadi", "health", "--live");
    assertThat(Files.readString(Path.of("terraform/modules/service/ecs.tf")))
        .contains("command = [\"CMD\", \"wadi\", \"health\", \"--live\"]", "startPeriod = 300");
  }

  @Test
  void setsWhatIsASetting() {
    List<String> variables =
        Pattern.compile("\\b(WADI_\\w+)=")
            .matcher(String.join("\n", dockerfile.all("ENV")))
            .results()
            .map(MatchResult::group)
            .map(match -> match.replace("=", ""))
            .filter(variable -> !variable.equals("WADI_JAVA_OPTS"))
            .toList();
    assertThat(variables).isNotEmpty();
    assertThat(Arrays.stream(Setting.values()).map(Setting::environmentVariable))
        .containsAll(variables);
  }

  @Test
  void laysOutTheLauncherAsItExpects() throws IOException {
    assertThat(String.join("\n", dockerfile.all("COPY")))
        .contains("/opt/wadi/lib", "/opt/wadi/wadi.jar", "wadi /opt/wadi/wadi");
    // without pom.xml beside it, the launcher takes the jar and the archive that lie there
    assertThat(Files.readString(Path.of("wadi")))
        .contains("jar=$home/wadi.jar", "archive=${jar%.jar}.jsa", "WADI_JAVA_OPTS");
    assertThat(dockerfile.all("ENV")).anyMatch(line -> line.startsWith("PATH=/opt/wadi:"));
  }

  @Test
  void archivesTheClassesOfACommandThatWadiHas() {
    String run =
        dockerfile.all("RUN").stream()
            .filter(text -> text.contains("ArchiveClassesAtExit"))
            .findFirst()
            .orElseThrow();
    String arguments = run.replaceFirst(".*wadi\\.jar\\s+", "").replaceFirst("\\s*&&.*", "");
    assertThat(parsed(List.of(arguments.split("\\s+")))).isEqualTo("run");
  }

  private static String parsed(List<String> arguments) {
    return new CommandLine(new WadiCommand())
        .parseArgs(arguments.toArray(String[]::new))
        .subcommand()
        .commandSpec()
        .name();
  }

  private int positionOf(String name) {
    int last = -1;
    for (int i = 0; i < dockerfile.instructions().size(); i++) {
      if (dockerfile.instructions().get(i).name().equals(name)) {
        last = i;
      }
    }
    return last;
  }
}
