package dev.wadi.land.format;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that is written and fsynced.
 *
 * @param file where it lies
 * @param rows how many rows it has
 * @param bytes its length
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 */
public record FileStats(Path file, long rows, long bytes, String sha256) {

  public FileStats {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(sha256, "sha256");
  }
}
