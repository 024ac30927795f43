package dev.wadi;

import dev.wadi.cli.WadiCommand;
import dev.wadi.ops.Terminal;

/** The command line's entry. */
public final class Wadi {

  private Wadi() {}

  /** Runs the command that the arguments name, and exits with 0, 1 (failed) or 2 (wrong usage). */
  public static void main(String[] args) {
    if (Terminal.isStandardError()) {
      Terminal.clearLineBeforeLogs();
    }
    System.exit(WadiCommand.run(args));
  }
}
