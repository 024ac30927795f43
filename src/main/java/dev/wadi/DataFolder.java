package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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

  /**
   * A small text of Wadi's own state, or null if there is none.
   *
   * @throws SetupException if it can't be read
   */
  String read(String name) {
    Path file = state(name);
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw new SetupException("can't read " + file + " (" + e + "): mend its permissions", e);
    }
  }

  /**
   * Writes a small text into a file of Wadi's own state, durably.
   *
   * @return what it was before, or null
   * @throws SetupException if it can't be written
   */
  String rewrite(String name, String text) {
    Path file = state(name);
    String before = read(name);
    try {
      Path made = state(name + ".tmp");
      try (FileChannel channel =
          FileChannel.open(
              made,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      return before;
    } catch (IOException e) {
      throw new SetupException(
          "can't write to the data folder " + root + " (" + e + "): choose another with --data", e);
    }
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
