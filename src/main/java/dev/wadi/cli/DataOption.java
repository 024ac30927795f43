package dev.wadi.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}, for every command that works on a data folder. */
public final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:WADI_DATA:-wadi-data}",
      description = "The data folder (default: $WADI_DATA, or else wadi-data).")
  private Path folder;

  /** The data folder, which need not be there. */
  public Path folder() {
    return folder;
  }
}
