package dev.wadi;

import dev.wadi.cli.WadiCommand;

/** The command line's entry. */
public final class Wadi {

  private Wadi() {}

  /** Runs the command that the arguments name, and exits with 0, 1 (failed) or 2 (wrong usage). */
  public static void main(String[] args) {
    System.exit(WadiCommand.run(args));
  }
}
