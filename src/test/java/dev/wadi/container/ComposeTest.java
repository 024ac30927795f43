package dev.wadi.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Setting;
import dev.wadi.ops.SettingProblem;
import dev.wadi.ops.Settings;
import dev.wadi.process.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ComposeTest {

  private static final Path SCRIPT = Path.of("deploy/compose/create-resources.sh");

  private ComposeFile compose;

  @BeforeEach
  void read() throws IOException {
    compose = ComposeFile.read();
  }

  @Test
  void namesImagesInOnePlaceAndPinsThem() throws IOException {
    String text = Files.readString(Path.of("docker-compose.yml"));
    List<String> used =
        Pattern.compile("(?m)^    image: (.*)$")
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(used)
        .hasSize(compose.services().size())
        .allMatch(image -> image.matches("\\$\\{\\w+_IMAGE}"));
    assertThat(Images.variables())
        .allSatisfy(
            variable -> {
              assertThat(text).contains("${" + variable + "}");
              assertThat(Images.named(variable))
                  .matches("[\\w./-]+:v?[\\w.-]+")
                  .doesNotContain("latest");
            });
  }

  @Test
  void setsWhatAreSettingsToValuesThatTheyTake() {
    Set<String> wadis = variables("wadi");
    assertThat(wadis).isNotEmpty();
    Map<String, String> properties = new HashMap<>();
    Set<String> known = new TreeSet<>();
    for (Setting setting : Setting.values()) {
      known.add(setting.environmentVariable());
      String value = compose.environment("wadi").get(setting.environmentVariable());
      if (value != null) {
        properties.put(setting.property(), value);
      }
    }
    assertThat(known).containsAll(wadis);
    assertThat(known).containsAll(variables("resources"));

    List<SettingProblem> problems = new ArrayList<>();
    Settings.check("aws", properties, null, null, problems::add);
    assertThat(problems).isEmpty();
  }

  @Test
  void makesTheResourcesThatWadiUses() throws IOException {
    Map<String, String> made = compose.environment("resources");
    Map<String, String> used = compose.environment("wadi");
    assertThat(used).containsAllEntriesOf(onlyWadis(made));
    Set<String> needed = new TreeSet<>();
    Pattern.compile("\\$\\{?([A-Z][A-Z_]+)")
        .matcher(Files.readString(SCRIPT))
        .results()
        .map(MatchResult::group)
        .forEach(match -> needed.add(match.replaceAll("[${]", "")));
    assertThat(made.keySet()).containsAll(needed);
  }

  @Test
  void isReachedOnLoopbackAlone() {
    List<String> ports =
        compose.services().keySet().stream()
            .flatMap(service -> compose.list(service, "ports").stream())
            .toList();
    assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat(ports).contains("127.0.0.1:8080:" + Setting.HTTP_PORT.defaultValue());
  }

  @Test
  void isCalledByNamesThatItAnswersTo() throws IOException {
    String scraped =
        Files.readString(Path.of("deploy/prometheus/prometheus.yaml"))
            .replaceFirst("(?s).*job_name: wadi\\s.*?targets: \\[([^:]+):.*", "$1");
    assertThat(compose.services()).containsKey(scraped);
    assertThat(compose.environment("wadi").get("WADI_HTTP_NAMES").split(",")).contains(scraped);
  }

  @Test
  void waitsForServicesThatSayWhenTheyAreThere() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              if (service.get("depends_on") instanceof Map<?, ?> needed) {
                needed.forEach((other, how) -> requireCondition(name, (String) other, how));
              }
            });
    // a task that ends has none
    assertThat(compose.services())
        .allSatisfy(
            (name, service) -> {
              if (!name.equals("resources")) {
                assertThat(service).containsKey("healthcheck");
              }
            });
    // the image's own would say that it is there before its routes run
    assertThat(compose.services().get("wadi").get("healthcheck"))
        .asString()
        .contains("[CMD, wadi, health, --ready]");
  }

  @Test
  void runsWadiWithoutRights() {
    Map<String, Object> wadi = compose.services().get("wadi");
    assertThat(wadi).containsEntry("read_only", true);
    assertThat(compose.list("wadi", "cap_drop")).containsExactly("ALL");
    assertThat(compose.list("wadi", "security_opt")).containsExactly("no-new-privileges:true");
    assertThat(compose.list("wadi", "tmpfs")).singleElement().asString().contains("/tmp:", "exec");
    assertThat(compose.list("wadi", "volumes")).containsExactly("wadi-data:/var/lib/wadi");
    Duration grace = Duration.parse("PT" + wadi.get("stop_grace_period"));
    Duration timeout = Duration.parse("PT" + Setting.SHUTDOWN_TIMEOUT.defaultValue());
    assertThat(grace).isGreaterThanOrEqualTo(timeout.plusSeconds(10));
  }

  @Test
  void makesTheRawLayerOfPostgresqlAtItsFirstStart() {
    assertThat(compose.list("postgres", "volumes"))
        .as("what is in this folder is run in the order of its names")
        .contains(
            "./deploy/postgres/roles.sql:/docker-entrypoint-initdb.d/10-roles.sql:ro",
            "./deploy/postgres/silver.sql:/docker-entrypoint-initdb.d/20-silver.sql:ro",
            "./deploy/postgres/gold.sql:/docker-entrypoint-initdb.d/30-gold.sql:ro");
  }

  /** The server of the first start, which isn't the one to come, answers by its socket alone. */
  @Test
  void asksPostgresqlWhereOnlyTheServerThatStaysAnswers() {
    assertThat(String.valueOf(compose.services().get("postgres").get("healthcheck")))
        .contains("pg_isready -h 127.0.0.1 ");
  }

  @Test
  void startsAllOfItInItsOwnTest() throws IOException {
    String script = Files.readString(Path.of(".ci/compose"));
    for (String service : compose.services().keySet()) {
      for (String profile : compose.list(service, "profiles")) {
        assertThat(script).as(service).contains("\nexport COMPOSE_PROFILES=" + profile + "\n");
      }
    }
    assertThat(script).contains("/api/v1/targets");
  }

  @Test
  void mountsFilesThatAreThereAndVolumesThatAreDeclared() {
    for (String service : compose.services().keySet()) {
      for (String mount : compose.list(service, "volumes")) {
        String source = mount.substring(0, mount.indexOf(':'));
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).exists();
          assertThat(mount).endsWith(":ro");
        } else {
          assertThat(compose.volumes()).containsKey(source);
        }
      }
    }
  }

  private void requireCondition(String service, String other, Object how) {
    assertThat(compose.services()).as(service + " depends on " + other).containsKey(other);
    String condition = String.valueOf(((Map<?, ?>) how).get("condition"));
    assertThat(condition).isIn("service_healthy", "service_completed_successfully");
    if (condition.equals("service_healthy")) {
      assertThat(compose.services().get(other)).containsKey("healthcheck");
    }
  }

  private Set<String> variables(String service) {
    return onlyWadis(compose.environment(service)).keySet();
  }

  private static Map<String, String> onlyWadis(Map<String, String> environment) {
    Map<String, String> wadis = new HashMap<>(environment);
    wadis.keySet().removeIf(name -> !name.startsWith("WADI_"));
    return wadis;
  }
}
