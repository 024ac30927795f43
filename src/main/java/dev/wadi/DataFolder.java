package dev.wadi;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder under which all local state is: {@code lake} and {@code raw} are the buckets of the
 * embedded store, everything else is under {@code .wadi}. One process at a time writes to it.
 */
final class DataFolder implements AutoCloseable {

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder if it isn't there, and takes its lock; the lock ends with the process.
   *
   * @throws SetupException if another process has the lock, or the folder can't be written
   */
  static DataFolder lock(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    Path file = root.resolve(".wadi").resolve("lock");
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new SetupException(
            folder
                + " is in use by another wadi: stop that one, or choose another folder with --data");
      }
      return new DataFolder(root, channel);
    } catch (IOException e) {
      throw new SetupException(
          "can't write to the data folder " + folder + " (" + e + "): choose another with --data",
          e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
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
      lockFile.close();
    } catch (IOException e) {
      throw new SetupException("can't release the lock of " + root, e);
    }
  }
}
