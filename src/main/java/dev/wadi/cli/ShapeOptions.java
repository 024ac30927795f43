package dev.wadi.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options {@code --shape} and {@code --shapes}, for commands that read events. */
public final class ShapeOptions {

  /** The option that names a shape. */
  static final String SHAPE = "--shape";

  @Option(names = SHAPE, paramLabel = "NAME", description = "The shape that events are read by.")
  private String shape;

  @Option(
      names = "--shapes",
      paramLabel = "DIR",
      description = "A folder of shape files (YAML), beside the ones that Wadi has.")
  private Path shapes;

  /** The name of a shape; null if none is named. */
  public String shape() {
    return shape;
  }

  /** A folder of shape files, which need not be there; null if none is named. */
  public Path shapes() {
    return shapes;
  }
}
