package dev.wadi.scan;

import java.nio.file.Path;

/** The formats of files, as their names tell. */
enum FileKind {
  PARQUET,
  JSONL,
  CSV;

  /** What has no name of a text format is taken for Parquet. */
  static FileKind of(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.(zst|gz)$", "");
    return name.endsWith(".jsonl") ? JSONL : name.endsWith(".csv") ? CSV : PARQUET;
  }
}
