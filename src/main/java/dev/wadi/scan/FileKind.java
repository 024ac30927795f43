package dev.wadi.scan;

import java.nio.file.Path;

/** The format of a file, as the end of its name tells. */
record FileKind(Format format, String compression) implements Comparable<FileKind> {

  enum Format {
    PARQUET,
    JSONL,
    CSV
  }

  /** What has no name of a text format is taken for Parquet. */
  static FileKind of(Path file) {
    String name = file.getFileName().toString();
    String compression = name.endsWith(".zst") ? "zstd" : name.endsWith(".gz") ? "gzip" : "none";
    String plain = name.replaceFirst("\\.(zst|gz)$", "");
    return new FileKind(
        plain.endsWith(".jsonl")
            ? Format.JSONL
            : plain.endsWith(".csv") ? Format.CSV : Format.PARQUET,
        compression);
  }

  @Override
  public int compareTo(FileKind other) {
    int byFormat = format.compareTo(other.format);
    return byFormat != 0 ? byFormat : compression.compareTo(other.compression);
  }
}
