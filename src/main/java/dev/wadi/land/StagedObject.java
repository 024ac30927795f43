package dev.wadi.land;

import dev.wadi.land.format.FileStats;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is written and fsynced, and where it goes in the lake.
 *
 * @param commit the commit that it belongs to
 * @param table the table whose rows it holds
 * @param key the object's key
 * @param file where it is staged
 * @param rows how many rows it has
 * @param bytes its length
 * @param sha256 of its bytes, in hexadecimal
 */
public record StagedObject(
    String commit, String table, String key, Path file, long rows, long bytes, String sha256) {

  /**
   * A file that goes into a folder of the lake under its own name.
   *
   * @param folder with a slash at its end
   */
  static StagedObject of(String commit, String table, String folder, FileStats file) {
    return new StagedObject(
        commit,
        table,
        folder + file.file().getFileName(),
        file.file(),
        file.rows(),
        file.bytes(),
        file.sha256());
  }

  private static final String COMMIT = "wadi-commit";
  private static final String SHA256 = "wadi-sha256";

  /** The metadata that it has in the lake, by which it is known again. */
  Map<String, String> metadata() {
    return Map.of(COMMIT, commit, SHA256, sha256);
  }

  /**
   * Settles a put that the store refused since the key is taken: if the object there is this very
   * file of this very commit, an earlier try had succeeded and only its answer was lost.
   *
   * @param there the metadata of the object that has the key; empty if it is gone again
   * @throws IllegalStateException if it is another object
   */
  void requireSame(Optional<Map<String, String>> there) {
    boolean same =
        there
            .filter(metadata -> commit.equals(metadata.get(COMMIT)))
            .filter(metadata -> sha256.equals(metadata.get(SHA256)))
            .isPresent();
    if (!same) {
      throw new IllegalStateException(
          key + " is taken by another object: " + there.map(Map::toString).orElse("gone"));
    }
  }
}
