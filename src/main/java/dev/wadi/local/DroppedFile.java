package dev.wadi.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file in a bucket's folder, as it is at a moment.
 *
 * @param key its key in the bucket
 * @param size in bytes
 * @param modified when it was changed last
 */
public record DroppedFile(String key, long size, Instant modified) {

  private static final Logger LOG = LoggerFactory.getLogger(DroppedFile.class);

  /** What copies and downloads are named until they are complete. */
  private static final Set<String> TEMPORARY =
      Set.of("tmp", "temp", "part", "partial", "crdownload", "download", "swp", "filepart");

  /** Changes when the file does. */
  public String version() {
    return Long.toHexString(ChronoUnit.MICROS.between(Instant.EPOCH, modified))
        + "-"
        + Long.toHexString(size);
  }

  /** A file as it is now; null if it is gone, or the store can't serve it. */
  static DroppedFile of(Path root, Path file) throws IOException {
    String key = root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    String fault = StoredFile.fault(key);
    if (fault != null) {
      LOG.warn("{} can't be taken in: {}; rename it", file, fault);
      return null;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new DroppedFile(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Whether a file or folder of this name is hidden, or is being written. */
  static boolean isToBeLeft(Path path) {
    String name = path.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.startsWith("~")
        || name.endsWith("~")
        || TEMPORARY.contains(ending)
        || StoredFile.isUnfinished(name);
  }
}
