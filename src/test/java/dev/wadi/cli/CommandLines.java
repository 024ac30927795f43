package dev.wadi.cli;

import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Command lines judged by the application's own parser, without running them. */
public final class CommandLines {

  private CommandLines() {}

  /** What is wrong with the words behind {@code wadi}; empty if they name a command and options. */
  public static Optional<String> problem(String... words) {
    try {
      WadiCommand.commandLine().parseArgs(words);
      return Optional.empty();
    } catch (ParameterException wrong) {
      return Optional.of(wrong.getMessage());
    }
  }
}
