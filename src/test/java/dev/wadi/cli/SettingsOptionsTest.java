package dev.wadi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

@Tag("unit")
class SettingsOptionsTest {

  static Stream<CommandLine> commands() {
    return withProfile(WadiCommand.commandLine());
  }

  private static Stream<CommandLine> withProfile(CommandLine command) {
    Stream<CommandLine> itself =
        command.getCommandSpec().findOption("--profile") == null
            ? Stream.empty()
            : Stream.of(command);
    return Stream.concat(
        itself,
        command.getSubcommands().values().stream().flatMap(SettingsOptionsTest::withProfile));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandKnowsWhichProfilesThereAre(CommandLine command) {
    assertThatThrownBy(() -> command.parseArgs("--profile", "moon"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("unknown profile 'moon': choose local or aws");
  }

  @Test
  void thoseOfSubcommandsAreAmongThem() {
    assertThat(commands().map(command -> command.getCommandSpec().qualifiedName()))
        .contains("wadi run", "wadi ledger rebuild", "wadi dead-letters replay");
  }
}
