package dev.wadi.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows that plan and deploy, {@code ./wadi cloud} and Terraform speak of the same. */
@Tag("unit")
class DeployWorkflowTest {

  private static final Path DEPLOY = Path.of(".github/workflows/deploy.yml");
  private static final Path PLAN = Path.of(".github/workflows/terraform.yml");

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void terraformIsHandedVariablesThatTheEnvironmentHas(String environment) throws IOException {
    Set<String> declared =
        named(
            Path.of("terraform/environments", environment, "variables.tf"),
            "(?m)^variable \"(\\w+)\"");

    Set<String> handed = named(DEPLOY, "TF_VAR_(\\w+)");

    assertThat(declared).containsAll(handed);
    assertThat(handed).contains("image_tag", "platform", "eks", "region", "state_bucket");
    assertThat(named(PLAN, "TF_VAR_(\\w+)"))
        .as("a plan is made with what a deployment is made with")
        .isEqualTo(handed);
  }

  /** Else each of the two ways to deploy would undo what the other has set. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void whatTheWorkflowHandsOverIsKeptByTheCommand(String environment) throws IOException {
    Set<String> handed = named(DEPLOY, "TF_VAR_(\\w+)");
    // the command takes these two as its own options
    handed.removeAll(Set.of("region", "state_bucket"));

    assertThat(
            named(
                Path.of("terraform/environments", environment, "outputs.tf"),
                "(?m)^ +\"(\\w+) = \\$\\{"))
        .isEqualTo(handed);
    assertThat(named(Path.of("deploy/cloud.sh"), "for variable in ([a-z_ ]+);"))
        .singleElement()
        .satisfies(names -> assertThat(names.split(" ")).hasSameElementsAs(handed));
  }

  @Test
  void terraformsStateIsWhereTheCommandKeepsIt() throws IOException {
    assertThat(Files.readString(Path.of("deploy/cloud.sh")))
        .contains("key=$environment/wadi.tfstate");
    for (Path workflow : Set.of(DEPLOY, PLAN)) {
      assertThat(named(workflow, "key=([^\"]+)"))
          .as(workflow.toString())
          .containsExactly("$ENVIRONMENT/wadi.tfstate");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "terraform/environments/dev/main.tf, module \"wadi\"",
    "terraform/environments/prod/main.tf, module \"wadi\"",
    "terraform/modules/stack/main.tf, module \"service\"",
    "terraform/modules/service/main.tf, resource \"aws_ecr_repository\" \"this\""
  })
  void theImagesRepositoryIsMadeFirstByTheAddressThatItHas(String file, String block)
      throws IOException {
    assertThat(named(DEPLOY, "-target=(\\S+)"))
        .containsExactly("module.wadi.module.service.aws_ecr_repository.this");
    assertThat(Files.readString(Path.of(file))).contains("\n" + block + " {\n");
  }

  @Test
  void theChartIsGivenWhatTerraformMade() throws IOException {
    Set<String> outputs =
        named(Path.of("terraform/modules/stack/outputs.tf"), "(?m)^output \"(\\w+)\"");
    assertThat(outputs).containsAll(named(DEPLOY, "output -json wadi \\| jq -r \\.(\\w+)"));
    assertThat(outputs).containsAll(named(PLAN, "\\.wadi\\.value\\.(\\w+)"));
    assertThat(Files.readString(DEPLOY)).contains("--values \"$RUNNER_TEMP/values-aws.yaml\"");
  }

  private static Set<String> named(Path file, String pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    for (MatchResult one : matcher.results().toList()) {
      found.add(one.group(1));
    }
    return found;
  }
}
