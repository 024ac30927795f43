package dev.wadi.cli;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code wadi}: the command above all others. */
@Command(
    name = "wadi",
    description = "Carries events into a partitioned lake, each exactly once.",
    mixinStandardHelpOptions = true,
    versionProvider = WadiCommand.Version.class,
    subcommands = {
      RunCommand.class,
      NewCommand.class,
      CheckCommand.class,
      TestCommand.class,
      TapCommand.class,
      QueryCommand.class,
      VerifyCommand.class,
      CompactCommand.class,
      DeadLettersCommand.class,
      LedgerCommand.class,
      SimulateCommand.class,
      FlowsCommand.class,
      HealthCommand.class,
      IngestCommand.class,
      BenchCommand.class,
      BenchDuckdbCommand.class
    })
public final class WadiCommand implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(WadiCommand.class);

  @Spec private CommandSpec spec;

  /** Called without a command: that is wrong usage. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: try wadi run");
  }

  /**
   * Runs a command line.
   *
   * @return the exit code: 0, 1 if the command failed, 2 if it was called wrongly
   */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  /** The command line with its way of saying errors: one line on standard error. */
  static CommandLine commandLine() {
    return new CommandLine(new WadiCommand())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("wadi: " + message(failure));
              LOG.debug("the command failed", failure);
              return ExitCode.SOFTWARE;
            })
        .setParameterExceptionHandler(
            (wrong, args) -> {
              CommandLine command = wrong.getCommandLine();
              String name = command.getCommandSpec().qualifiedName();
              command
                  .getErr()
                  .println(name + ": " + oneLine(message(wrong)) + " (see " + name + " --help)");
              return ExitCode.USAGE;
            });
  }

  /** picocli's own, but for a word that it has no place for: there it names an index. */
  private static String message(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().get(0);
      List<String> commands =
          wrong.getCommandLine().getSubcommands().values().stream()
              .map(CommandLine::getCommandSpec)
              .filter(command -> !command.usageMessage().hidden())
              .map(CommandSpec::name)
              .toList();
      return commands.isEmpty()
          ? "'" + word + "' is one argument too many"
          : "there is no command '" + word + "': use one of " + String.join(", ", commands);
    }
    return wrong.getMessage();
  }

  private static String message(Throwable failure) {
    if (failure instanceof SetupException || failure instanceof TransientException) {
      return oneLine(failure.getMessage());
    }
    return oneLine(failure.toString())
        + " (this is not expected: run again with WADI_LOG_LEVEL=debug to see where)";
  }

  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = WadiCommand.class.getPackage().getImplementationVersion();
      return new String[] {"wadi " + (version == null ? "(not packaged)" : version)};
    }
  }
}
