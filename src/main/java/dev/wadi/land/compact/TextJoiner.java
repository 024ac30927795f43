package dev.wadi.land.compact;

import dev.wadi.event.TransientException;
import dev.wadi.land.format.Compression;
import dev.wadi.land.format.FileStats;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Joins text files row by row, in their order; rows are copied as they are. The new files are
 * compressed as the old ones.
 */
abstract class TextJoiner implements Joiner {

  private final String extension;
  private final Compression compression;
  private final long targetBytes;

  TextJoiner(String extension, Compression compression, long targetBytes) {
    this.extension = extension + compression.suffix();
    this.compression = compression;
    this.targetBytes = targetBytes;
  }

  @Override
  public final String extension() {
    return extension;
  }

  @Override
  public final List<FileStats> join(List<Path> files, Path folder) throws UnjoinableException {
    try (RolledFiles out = new RolledFiles(folder, extension, compression, targetBytes)) {
      join(files, out);
      return out.finish();
    } catch (UnreadableFile e) {
      throw new UnjoinableException(e.getMessage(), e);
    } catch (IOException e) {
      throw new TransientException("can't write " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public final void close() {
    // every file has its own stream, which is closed with it
  }

  abstract void join(List<Path> files, RolledFiles out) throws IOException;

  /** What a file says once it is decompressed. Its failures are no failures of the new file. */
  final InputStream read(Path file) throws UnreadableFile {
    try {
      return compression.under(new BufferedInputStream(Files.newInputStream(file)));
    } catch (IOException e) {
      throw new UnreadableFile(file, e);
    }
  }

  /** An old file can't be read. */
  static final class UnreadableFile extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableFile(Path file, Exception cause) {
      super(file + " can't be read: " + cause.getMessage(), cause);
    }
  }
}
