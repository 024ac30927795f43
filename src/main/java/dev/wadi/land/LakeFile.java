package dev.wadi.land;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An object of the lake as a file to read.
 *
 * @param path the file
 * @param copied whether it is a copy, which goes when this is closed
 */
public record LakeFile(Path path, boolean copied) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    if (copied) {
      Files.deleteIfExists(path);
    }
  }
}
