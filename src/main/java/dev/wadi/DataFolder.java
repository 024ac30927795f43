package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder under which all local state is: {@code lake} and {@code raw} are the buckets of the
 * embedded store, everything else is under {@code .wadi}. One process at a time writes to it.
 */
final class DataFolder implements AutoCloseable {

  private final Path root;
  private final LockFile lock;

  private DataFolder(Path root, LockFile lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the folder if it isn't there, and takes its lock; the lock ends with the process.
   *
   * @throws SetupException if another process has the lock, or the folder can't be written
   */
  static DataFolder lock(Path folder) {
    return lock(
        folder,
        "lock",
        " is in use by another wadi: stop that one, or choose another folder with --data");
  }

  /**
   * The same for a compaction, which may be at work beside a writer but not beside another
   * compaction. It keeps to its own part of the folder.
   *
   * @throws SetupException if another compaction has the lock, or the folder can't be written
   */
  static DataFolder lockForCompaction(Path folder) {
    return lock(
        folder,
        "compact.lock",
        " is being compacted by another wadi: let that one end, and run this again if need be");
  }

  private static DataFolder lock(Path folder, String name, String taken) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      return new DataFolder(
          root,
          LockFile.tryTake(root.resolve(".wadi").resolve(name))
              .orElseThrow(() -> new SetupException(folder + taken)));
    } catch (IOException e) {
      throw new SetupException(
          "can't write to the data folder " + folder + " (" + e + "): choose another with --data",
          e);
    }
  }

  Path root() {
    return root;
  }

  /** A file or folder of Wadi's own state. */
  Path state(String name) {
    return root.resolve(".wadi").resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new SetupException("can't release the lock of " + root, e);
    }
  }
}
