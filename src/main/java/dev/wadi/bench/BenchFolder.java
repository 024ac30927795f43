package dev.wadi.bench;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder for a benchmark, which goes with it. */
final class BenchFolder implements AutoCloseable {

  private final Path folder;
  private final boolean keep;

  /**
   * @param parent where to make it, or null for the system's folder of temporary files
   * @param keep whether to leave it when it is closed
   * @throws SetupException if it can't be made
   */
  BenchFolder(Path parent, boolean keep) {
    this.keep = keep;
    try {
      folder =
          parent == null
              ? Files.createTempDirectory("wadi-bench-")
              : Files.createTempDirectory(Files.createDirectories(parent), "wadi-bench-");
    } catch (IOException e) {
      throw new SetupException(
          "can't make a folder for the benchmark (" + e + "): choose another with --dir", e);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Deletes a part of it, if it is there. */
  void delete(String name) {
    delete(path(name));
  }

  @Override
  public void close() {
    end();
  }

  /** Deletes all of it unless it is to be kept. */
  void end() {
    if (!keep) {
      delete(folder);
    }
  }

  private static void delete(Path target) {
    try (Stream<Path> tree = Files.walk(target)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // what isn't there needs no deleting
      return;
    } catch (IOException e) {
      throw new SetupException("can't delete " + target + " (" + e + "): delete it by hand", e);
    }
  }
}
