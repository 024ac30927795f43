package dev.wadi.land.format;

import dev.wadi.event.SetupException;
import dev.wadi.ops.StageTimes;

/**
 * The format and compression that the lake's files are written in from now on. A lake may have
 * files of several formats.
 */
public record FormatChoice(Kind kind, Compression compression) {

  /** The formats there are. */
  public enum Kind {
    PARQUET,
    JSONL,
    CSV
  }

  /**
   * As much as one event may have, so that its line is not longer than readers of JSON lines and
   * CSV take: the document and its values, both quoted, are at most four times as long.
   */
  private static final long MOST_EVENT_BYTES = 4 << 20;

  /**
   * @throws SetupException if the format can't be compressed so
   */
  public FormatChoice {
    if (compression == Compression.SNAPPY && kind != Kind.PARQUET) {
      throw new SetupException(
          "%s can't be compressed with snappy: choose zstd, gzip or none"
              .formatted(kind.name().toLowerCase(java.util.Locale.ROOT)));
    }
  }

  /**
   * The choice that two settings make.
   *
   * @param format {@code parquet}, {@code jsonl} or {@code csv}
   * @param compression {@code zstd}, {@code gzip}, {@code none}, or with Parquet {@code snappy}
   * @throws SetupException if there is no such format or compression, or they don't go together
   */
  public static FormatChoice of(String format, String compression) {
    Kind kind =
        switch (format) {
          case "parquet" -> Kind.PARQUET;
          case "jsonl" -> Kind.JSONL;
          case "csv" -> Kind.CSV;
          default ->
              throw new SetupException(
                  "there is no format '" + format + "': choose parquet, jsonl or csv");
        };
    return new FormatChoice(kind, Compression.named(compression));
  }

  /**
   * Holds the choice against the largest event that may come.
   *
   * @throws SetupException if lines could be too long to be read again
   */
  public FormatChoice forEventsOf(long maxBytes) {
    if (kind != Kind.PARQUET && maxBytes > MOST_EVENT_BYTES) {
      throw new SetupException(
          "events of up to %d bytes make lines that readers don't take: choose the format parquet, or at most %d bytes an event"
              .formatted(maxBytes, MOST_EVENT_BYTES));
    }
    return this;
  }

  /** The format; the caller closes it. */
  public FileFormat open() {
    return open(StageTimes.OFF);
  }

  /** The same, measured. */
  public FileFormat open(StageTimes times) {
    return switch (kind) {
      case PARQUET -> new ParquetFormat(compression, times);
      case JSONL -> new JsonLinesFormat(compression, times);
      case CSV -> new CsvFormat(compression, times);
    };
  }
}
