package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        "deploy --environment dev | name the bucket of Terraform's states by --state-bucket",
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

  /** A folder with one tool in it. */
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
