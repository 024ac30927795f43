package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary folder for a case, which goes with it, or with the process if that ends before. */
final class CaseFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CaseFolder.class);

  /** What still runs when the process ends may write while it is deleted. */
  private static final int ATTEMPTS = 5;

  private final Path path;
  private final Thread atExit;

  private CaseFolder(Path path) {
    this.path = path;
    atExit = new Thread(this::delete, "case-folder");
  }

  /**
   * Makes an empty one.
   *
   * @throws SetupException if there can be none
   */
  static CaseFolder make() {
    try {
      CaseFolder folder = new CaseFolder(Files.createTempDirectory("wadi-case"));
      Runtime.getRuntime().addShutdownHook(folder.atExit);
      return folder;
    } catch (IOException e) {
      throw new SetupException("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** Deletes it as far as that can be done: a file that stays fails no case. */
  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      LOG.debug("the process ends, and deletes {} too", path);
    }
  }

  private void delete() {
    String why = null;
    for (int n = 0; n < ATTEMPTS && Files.exists(path); n++) {
      why = deleteOnce();
    }
    if (why != null) {
      LOG.warn("the folder of a case stays behind, delete {}: {}", path, why);
    }
  }

  /** Why it can't be deleted; null if it is. */
  private String deleteOnce() {
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return e.toString();
    }
  }
}
