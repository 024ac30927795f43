package dev.wadi.intake.file;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * By what a file that has changed is told from what it was.
 *
 * @param key what the file system knows it by; null where that has none
 */
record FileState(long size, FileTime modified, Object key) {

  static FileState of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileState(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }

  /**
   * @param name the file as it was given
   * @throws TransientException if the file is not what it was when this state was taken
   */
  void requireOf(Path path, String name) throws IOException {
    if (!of(path).equals(this)) {
      throw changed(name);
    }
  }

  static TransientException changed(String name) {
    return new TransientException(
        name + " was changed while it was read: run again when nothing writes to it any more",
        null);
  }
}
