package dev.wadi.land.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the formats that are text have in common: rows are written one by one from the columns. */
abstract class TextFormat implements FileFormat {

  private final String extension;
  private final Compression compression;

  TextFormat(String extension, Compression compression) {
    this.extension = extension + compression.suffix();
    this.compression = compression;
    Compression.load();
    NativeLibraries.unlink();
  }

  @Override
  public final String extension() {
    return extension;
  }

  @Override
  public final FileStats write(Rows rows, Path file) {
    try {
      try (OutputStream plain = Files.newOutputStream(file);
          TextOutput out = new TextOutput(compression.over(plain))) {
        write(rows, out);
      }
      return Durable.file(file, rows.count());
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public final void close() {
    // every file has its own stream, which is closed with it
  }

  abstract void write(Rows rows, TextOutput out) throws IOException;
}
