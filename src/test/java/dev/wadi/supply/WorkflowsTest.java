package dev.wadi.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be said of the workflows without running them. */
@Tag("unit")
class WorkflowsTest {

  private static final Path FOLDER = Path.of(".github/workflows");
  private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");
  private static final Pattern USES =
      Pattern.compile("(?m)^ *(?:- )?uses: (\\S+)@(\\S+)(?: # (v\\d+\\.\\d+\\.\\d+))?$");
  private static final Pattern OWN_FILE =
      Pattern.compile("(?<![\\w/.$-])((?:\\.ci|\\.github|deploy|terraform)/[\\w./-]*[\\w-])");

  private static final Map<String, String> TEXTS = new TreeMap<>();
  private static final Map<String, JsonNode> WORKFLOWS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        TEXTS.put(name, Files.readString(file));
        WORKFLOWS.put(name, yaml.readTree(TEXTS.get(name)));
      }
    }
  }

  @Test
  void thereIsOneForEachThingToCheckAndToDeliver() {
    assertThat(WORKFLOWS)
        .containsOnlyKeys(
            "build.yml",
            "chart.yml",
            "containers.yml",
            "deploy.yml",
            "release.yml",
            "security.yml",
            "terraform.yml");
  }

  @Test
  void noRightIsGivenToAWholeWorkflowAndEachJobNamesItsOwn() {
    WORKFLOWS.forEach(
        (name, workflow) ->
            assertThat(
                    workflow.path("permissions").isObject()
                        && workflow.get("permissions").isEmpty())
                .as("%s: permissions: {}", name)
                .isTrue());
    forEachJob((name, job) -> assertThat(job.path("permissions").isObject()).as(name).isTrue());
  }

  @Test
  void everyJobEndsByItselfAfterATime() {
    forEachJob(
        (name, job) -> assertThat(job.path("timeout-minutes").asInt()).as(name).isBetween(1, 90));
    WORKFLOWS.forEach(
        (name, workflow) ->
            assertThat(workflow.path("concurrency").path("group").asText()).as(name).isNotBlank());
  }

  @Test
  void noStepGoesOnAfterACommandThatFailsInThePipe() {
    WORKFLOWS.forEach(
        (name, workflow) ->
            assertThat(workflow.at("/defaults/run/shell").asText())
                .as("%s: only a shell that is named gets pipefail", name)
                .isEqualTo("bash"));
    forEachJob(
        (name, job) ->
            job.path("steps")
                .forEach(step -> assertThat(step.path("shell").asText()).as(name).isEmpty()));
  }

  @Test
  void everyActionIsPinnedToACommitAndSaysItsVersion() {
    Map<String, String> commits = new HashMap<>();
    TEXTS.forEach(
        (name, text) -> {
          Matcher uses = USES.matcher(text);
          while (uses.find()) {
            String action = uses.group(1) + "@" + uses.group(2);
            assertThat(action).as(name).matches(PINNED);
            assertThat(uses.group(3)).as("version beside %s in %s", action, name).isNotNull();
            assertThat(commits.computeIfAbsent(uses.group(1), first -> uses.group(2)))
                .as("one commit of %s everywhere", uses.group(1))
                .isEqualTo(uses.group(2));
          }
          assertThat(text.split("uses: ", -1).length - 1)
              .as("uses of %s", name)
              .isEqualTo((int) USES.matcher(text).results().count());
        });
    assertThat(commits).isNotEmpty();
  }

  @Test
  void noSecretIsKept() {
    TEXTS.forEach(
        (name, text) ->
            assertThat(text)
                .as("%s: AWS by roles, the registry by the job's own token", name)
                .doesNotContainPattern("secrets\\s*[.\\[]")
                .doesNotContain("aws-access-key-id", "pull_request_target"));
  }

  @Test
  void anIdentityIsGivenOnlyToJobsThatShowOne() {
    forEachJob(
        (name, job) ->
            assertThat(job.path("permissions").path("id-token").asText().equals("write"))
                .as(name)
                .isEqualTo(
                    uses(job).stream()
                        .anyMatch(
                            action ->
                                action.startsWith("actions/attest")
                                    || action.startsWith("aws-actions/"))));
  }

  @Test
  void noCheckoutLeavesItsTokenBehind() {
    forEachJob(
        (name, job) ->
            job.path("steps")
                .forEach(
                    step -> {
                      if (step.path("uses").asText().startsWith("actions/checkout@")) {
                        assertThat(step.at("/with/persist-credentials").asText("true"))
                            .as(name)
                            .isEqualTo("false");
                      }
                    }));
  }

  @Test
  void noTextFromOutsideGetsIntoAScript() {
    forEachJob(
        (name, job) ->
            job.path("steps")
                .forEach(
                    step ->
                        assertThat(step.path("run").asText())
                            .as("%s: by env, where a shell doesn't read it as code", name)
                            .doesNotContain("${{")));
  }

  @Test
  void theFilesThatTheyCallAreThere() {
    TEXTS.forEach(
        (name, text) -> {
          Matcher file = OWN_FILE.matcher(text.replaceAll("(?m)^ *#.*$", ""));
          while (file.find()) {
            assertThat(Path.of(file.group(1))).as(name).exists();
          }
        });
    for (String environment : List.of("dev", "prod")) {
      assertThat(Path.of("terraform/environments", environment)).isDirectory();
    }
    for (String script : List.of(".ci/run", ".ci/image", ".ci/compose", "mvnw")) {
      assertThat(Path.of(script)).isExecutable();
    }
  }

  @Test
  void scriptsAreLookedAtByShellcheck() throws IOException {
    List<String> scripts;
    try (Stream<Path> files =
        Stream.of(".ci", "deploy").map(Path::of).flatMap(WorkflowsTest::files)) {
      scripts = files.filter(WorkflowsTest::isShell).map(Path::toString).toList();
    }
    assertThat(scripts).contains("deploy/cloud.sh", ".ci/run");
    assertThat(TEXTS.get("security.yml").split("\\s+")).contains(scripts.toArray(String[]::new));
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder).filter(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isShell(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .matches("(?s)#![^\n]*\\b(ba)?sh\n.*");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theBuildRunsTheCommandOfTheReadme() throws IOException {
    assertThat(TEXTS.get("build.yml")).contains("- run: .ci/run");
    assertThat(Files.readString(Path.of("README.md"))).containsPattern("(?m)^\\./mvnw verify$");
    assertThat(TEXTS.get("build.yml")).contains("\"17\", \"25\"");
  }

  @Test
  void oneVersionOfEachToolIsUsedEverywhere() {
    for (String tool : List.of("terraform_version", "version: v3", "go-version")) {
      List<String> versions = new ArrayList<>();
      Pattern line = Pattern.compile("(?m)^ *(" + Pattern.quote(tool) + "[^\n]*)$");
      TEXTS
          .values()
          .forEach(text -> line.matcher(text).results().forEach(m -> versions.add(m.group(1))));
      assertThat(versions).as(tool).isNotEmpty();
      assertThat(Set.copyOf(versions)).as(tool).hasSize(1);
    }
  }

  private static List<String> uses(JsonNode job) {
    List<String> uses = new ArrayList<>();
    job.path("steps").forEach(step -> uses.add(step.path("uses").asText()));
    return uses;
  }

  private static void forEachJob(Check check) {
    WORKFLOWS.forEach(
        (file, workflow) ->
            workflow
                .path("jobs")
                .properties()
                .forEach(job -> check.look(file + ": " + job.getKey(), job.getValue())));
  }

  private interface Check {
    void look(String name, JsonNode job);
  }
}
