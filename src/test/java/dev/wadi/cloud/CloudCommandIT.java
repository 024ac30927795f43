package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./wadi cloud} says to what it can't do: one line that says what to do. */
@Tag("integration")
class CloudCommandIT {

  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void open() throws Exception {
    checkout = Checkout.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | say what to do: deploy, status or destroy",
        "deploi | unknown action deploi: choose deploy, status or destroy",
        "deploy status | one of deploy, status and destroy at a time",
        "deploy --environment staging | unknown environment staging: choose local, dev or prod",
        "deploy --environment | --environment needs a value",
        "deploy --bogus x | unknown option --bogus",
        "deploy --environment local --developer ana | --developer goes with --environment dev alone",
        "deploy --environment dev --developer A/b | --developer takes lower-case letters",
        "deploy --environment dev --endpoint http://127.0.0.1:1 | --endpoint goes with --environment local alone",
        "deploy --image-tag 1.2.3 | --image-tag goes with --environment dev and prod alone",
        "deploy --environment dev | name the bucket of Terraform's states by --state-bucket",
        "destroy --environment dev --state-bucket b --with-events | --with-events goes with destroy --environment prod alone",
        "destroy --environment prod --state-bucket b | prod is destroyed only with --yes, or when its name is typed",
      })
  void refusesWrongUse(String words, String said) throws Exception {
    Path tools = tool("terraform", "exit 9");

    Checkout.Ended ended =
        checkout.cloud(
            Map.of("PATH", tools + ":" + System.getenv("PATH")),
            words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(2);
    assertThat(ended.errors().lines()).hasSize(1);
    assertThat(ended.errors()).startsWith("wadi cloud: ").contains(said);
    assertThat(ended.output()).isEmpty();
  }

  @Test
  void saysWhereToGetTerraform() throws Exception {
    Path tools = tool("dirname", "exec " + onThePath("dirname") + " \"$@\"");

    Checkout.Ended ended = checkout.cloud(Map.of("PATH", tools.toString()), "status");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains("terraform is not on the PATH: install").hasLineCount(1);
  }

  @Test
  void saysThatNothingAnswersAtTheEndpoint() throws Exception {
    Checkout.needsTerraform();
    Checkout.Ended ended = checkout.cloud("deploy", "--endpoint", "http://127.0.0.1:1");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains("nothing answers at http://127.0.0.1:1").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"3, false, false", "0, false, true", "0.0, false, true", "3, true, true"})
  void takesNoEventsAlongWithTheirQueuesUnasked(String waiting, boolean asked, boolean destroyed)
      throws Exception {
    Path calls = recordedTools(waiting);
    List<String> words =
        new ArrayList<>(
            List.of("destroy", "--environment", "prod", "--state-bucket", "b", "--yes"));
    if (asked) {
      words.add("--with-events");
    }

    Checkout.Ended ended =
        checkout.cloud(Map.of("PATH", path(calls)), words.toArray(String[]::new));

    assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(destroyed ? 0 : 1);
    assertThat(Files.readString(calls).contains(" destroy ")).isEqualTo(destroyed);
    if (!destroyed) {
      assertThat(ended.errors())
          .contains("wadi cloud: nothing was destroyed: about 3 messages wait in wadi-prod-events");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', eu-north-1, eu-north-1",
    "--state-region eu-west-3, eu-north-1, eu-west-3",
    "--region eu-south-1, eu-south-1, eu-south-1"
  })
  void goesToTheRegionThatTheShellIsSetTo(String more, String region, String stateRegion)
      throws Exception {
    Path calls = recordedTools("0");
    String words = "deploy --environment dev --state-bucket b --yes " + more;

    Map<String, String> shell = Map.of("PATH", path(calls), "AWS_REGION", "eu-north-1");
    checkout.cloud(shell, words.trim().split(" ")).well();

    assertThat(Files.readString(calls))
        .contains("-var region=" + region + " ", "-backend-config=region=" + stateRegion + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deploy | apply | image_tag=1.2.3 platform=eks-irsa",
        "deploy --image-tag 2.0.0 | apply | image_tag=2.0.0 platform=eks-irsa",
        "status | plan | image_tag=1.2.3 platform=eks-irsa",
        "destroy | destroy | image_tag=1.2.3 platform=eks-irsa",
      })
  void keepsWhatWasDeployed(String words, String verb, String variables) throws Exception {
    Path calls =
        deployed(
            "image_tag = 1.2.3\\nplatform = eks-irsa\\neks = {\"cluster\":\"a b\"}\\nalarm_addresses = [\"a@b\"]");

    checkout.cloud(Map.of("PATH", path(calls)), more(words, "--state-bucket", "b", "--yes")).well();

    assertThat(Files.readString(calls))
        .contains(
            " " + verb + " -input=false",
            variables.replace("image_tag", "TF_VAR_image_tag").replace(" p", " TF_VAR_p"),
            "TF_VAR_eks={\"cluster\":\"a b\"}",
            "TF_VAR_alarm_addresses=[\"a@b\"]");
  }

  @Test
  void takesWhatTheShellGivesForWhatWasDeployed() throws Exception {
    Path calls = deployed("image_tag = 1.2.3\\nplatform = eks-irsa");
    Map<String, String> shell =
        Map.of("PATH", path(calls), "TF_VAR_image_tag", "3.0.0", "TF_VAR_platform", "ecs");

    checkout.cloud(shell, more("deploy", "--state-bucket", "b", "--yes")).well();

    assertThat(Files.readString(calls))
        .contains("TF_VAR_image_tag=3.0.0 TF_VAR_platform=ecs")
        .doesNotContain("1.2.3");
  }

  @Test
  void deploysNothingIfNobodyCanSayWhatWasDeployed() throws Exception {
    Path calls = recordedTools("0");
    tool(
        "terraform",
        "echo \"$*\" >>'%s'; case $* in *' output '*) exit 1 ;; esac".formatted(calls));

    Checkout.Ended ended =
        checkout.cloud(Map.of("PATH", path(calls)), more("deploy", "--state-bucket", "b", "--yes"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains("nobody can say what prod was deployed with");
    assertThat(Files.readString(calls)).doesNotContain(" apply ");
  }

  /** As a first deploy begins: the image's repository alone, of which there are no outputs yet. */
  @Test
  void deploysAPartThatHasNoOutputs() throws Exception {
    Path calls = recordedTools("0");
    tool(
        "terraform",
        "echo \"$*\" >>'%s'; case $* in *' output -json') echo '{}' ;; *' output '*) exit 1 ;; *' state list') echo one ;; esac"
            .formatted(calls));
    Map<String, String> shell = Map.of("PATH", path(calls));
    String[] part = more("deploy", "--state-bucket", "b", "--yes", "--", "-target=module.one");

    assertThat(checkout.cloud(shell, part).well().output())
        .isEqualTo("deployed a part of prod, as -target says: deploy the rest without it\n");
    assertThat(checkout.file("wadi-prod.properties")).doesNotExist();

    assertThat(checkout.cloud(shell, more("status", "--state-bucket", "b")).errors())
        .contains("wadi cloud: only a part of prod is deployed: ./wadi cloud deploy");
  }

  @Test
  void destroysAPartAndWhatWasDeployedWithoutAVersion() throws Exception {
    Path calls = deployed("");
    Map<String, String> shell = Map.of("PATH", path(calls));
    String[] destroy = more("destroy", "--state-bucket", "b", "--yes");
    Path settings = Files.createFile(checkout.file("wadi-prod.properties"));

    String[] part = more("destroy", "--state-bucket", "b", "--yes", "--", "--target=module.one");
    assertThat(checkout.cloud(shell, part).well().output())
        .isEqualTo("destroyed a part of prod, as -target says\n");
    assertThat(settings).exists();

    assertThat(checkout.cloud(shell, destroy).well().output()).isEqualTo("destroyed prod\n");
    assertThat(settings).doesNotExist();
    assertThat(Files.readString(calls)).contains("TF_VAR_image_tag=none");
  }

  /** A Terraform that has deployed with this, and writes down what it is called with. */
  private Path deployed(String kept) throws IOException {
    Path calls = recordedTools("0");
    tool(
        "terraform",
        """
        echo "$* $(env | grep ^TF_VAR_ | sort | tr '\\n' ' ')" >>'%s'
        case $* in
          *' output -json') echo '{"kept": {}}' ;;
          *' output -raw kept') printf '%s\\n' ;;
          *' output '*) echo 'wadi.intake.queue = wadi-prod-events' ;;
          *' state list') echo one ;;
        esac"""
            .formatted(calls, kept));
    return calls;
  }

  private static String[] more(String words, String... more) {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.addAll(List.of("--environment", "prod"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /**
   * Tools that write down what Terraform is called with.
   *
   * @param waiting how many messages each queue is said to have
   * @return the file that has the calls
   */
  private Path recordedTools(String waiting) throws IOException {
    Path calls = Files.createFile(folder.resolve("calls"));
    tool(
        "terraform",
        "echo \"$*\" >>'%s'; case $* in *' output '*) echo 'wadi.intake.queue = wadi-prod-events' ;; esac"
            .formatted(calls));
    tool(
        "aws",
        "case $* in *get-queue-url*) echo http://q ;; *get-queue-attributes*) echo %s ;; esac"
            .formatted(waiting));
    return calls;
  }

  private static String path(Path calls) {
    return calls.resolveSibling("tools") + ":" + System.getenv("PATH");
  }

  /** A folder with one more tool in it. */
  private Path tool(String name, String script) throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    return tools;
  }

  private static Path onThePath(String tool) {
    for (String place : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(place, tool))) {
        return Path.of(place, tool);
      }
    }
    throw new AssertionError(tool + " is not on the PATH");
  }
}
