package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.lake.LakeFolder;
import dev.wadi.land.LakeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy on the local disk of the part of a lake that dead letters are in, for readers that need a
 * folder. It goes when it is closed.
 */
final class LakeCopy implements AutoCloseable {

  /** Intents first: a commit that has one by now is left out, whatever its marker says later. */
  private static final List<String> PARTS =
      List.of("_wadi/intents/", "_wadi/commits/", "_wadi/schema/", "dead_letters/");

  private final Path root;

  private LakeCopy(Path root) {
    this.root = root;
  }

  /**
   * Copies.
   *
   * @throws TransientException if the store doesn't answer
   */
  static LakeCopy of(LakeStore store) {
    LakeCopy copy;
    try {
      copy = new LakeCopy(Files.createTempDirectory("wadi-lake"));
    } catch (IOException e) {
      throw new SetupException("can't write to the temporary folder: " + e.getMessage(), e);
    }
    try {
      for (String part : PARTS) {
        store.keys(part, null).parallelStream().forEach(key -> copy.put(key, store));
      }
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** The copy. */
  LakeFolder folder() {
    return new LakeFolder(root.resolve("lake"));
  }

  private void put(String key, LakeStore store) {
    Path file = root.resolve("lake").resolve(key).normalize();
    if (!file.startsWith(root.resolve("lake"))) {
      throw new SetupException("the lake has an object that no folder can hold: " + key);
    }
    // what is gone meanwhile has been joined with other files, or was given up
    store
        .get(key)
        .ifPresent(
            bytes -> {
              try {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
              } catch (IOException e) {
                throw new SetupException("can't copy the lake's " + key + ": " + e.getMessage(), e);
              }
            });
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new SetupException("can't delete the lake's copy " + root + ": " + e, e);
    }
  }
}
