package dev.wadi.cli;

import dev.wadi.Flow;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options {@code --flow} and {@code --routes}, for commands that have routes. */
public final class FlowOptions {

  @Option(
      names = "--flow",
      paramLabel = "NAME|DIR",
      description =
          "A pipeline that is ready to run (see wadi flows), or a folder with one of your own.")
  private String flow;

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      description =
          "A folder of route files (YAML): they add routes, or replace those of the same id.")
  private Path routes;

  /**
   * The flow that is asked for; null if none is.
   *
   * @throws dev.wadi.event.SetupException if there is no such flow
   */
  public Flow flow() {
    return flow == null ? null : Flow.named(flow);
  }

  /** A folder of route files, which need not be there; null if none is named. */
  public Path routes() {
    return routes;
  }
}
