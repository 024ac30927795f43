package dev.wadi.intake.file;

import dev.wadi.event.SetupException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How records follow each other in a file, once it is decompressed. */
public enum Format {
  /** One JSON object a line. */
  JSON_LINES("jsonl"),
  /** Arrays of objects, or objects one after the other, laid out in any way. */
  JSON("json"),
  /** RFC 4180 with a header line. */
  CSV("csv");

  private final String label;

  Format(String label) {
    this.label = label;
  }

  /** As it is written on the command line. */
  public String label() {
    return label;
  }

  /**
   * The format of a label.
   *
   * @throws SetupException if there is none
   */
  public static Format parse(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new SetupException(
                    "unknown input format "
                        + label
                        + ": choose one of "
                        + Arrays.stream(values())
                            .map(Format::label)
                            .collect(Collectors.joining(", "))));
  }
}
