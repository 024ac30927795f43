package dev.wadi.land.format;

import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the formats that are text have in common: rows are written one by one from the columns. */
abstract class TextFormat implements FileFormat {

  private final String extension;
  private final Compression compression;
  private final StageTimes times;

  TextFormat(String extension, Compression compression, StageTimes times) {
    this.extension = extension + compression.suffix();
    this.compression = compression;
    this.times = times;
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
      times.run(Stage.WRITE, () -> writeAll(rows, file));
      return Durable.file(file, rows.count(), times);
    } catch (IOException e) {
      throw WriteFailure.of(file, e);
    }
  }

  @Override
  public final void close() {
    // every file has its own stream, which is closed with it
  }

  private void writeAll(Rows rows, Path file) throws IOException {
    try (OutputStream plain = Files.newOutputStream(file);
        TextOutput out = new TextOutput(compression.over(plain))) {
      write(rows, out);
    }
  }

  abstract void write(Rows rows, TextOutput out) throws IOException;
}
