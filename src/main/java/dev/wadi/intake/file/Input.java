package dev.wadi.intake.file;

import java.io.InputStream;

/**
 * What is to be read.
 *
 * @param name as given on the command line; positions begin with it
 * @param stream what to read from, or null to open the file of that name
 */
public record Input(String name, InputStream stream) {

  /** How standard input is given. */
  public static final String STANDARD_INPUT = "-";

  /** The file at a path. */
  public static Input file(String path) {
    return new Input(path, null);
  }

  /** Standard input; closed when it has been read. */
  public static Input standardInput(InputStream stream) {
    return new Input(STANDARD_INPUT, stream);
  }
}
