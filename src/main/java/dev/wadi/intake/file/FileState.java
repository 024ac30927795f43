package dev.wadi.intake.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wadi.event.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /**
   * What changes when the file does, or how it is read.
   *
   * @param head the file's first bytes
   */
  String fingerprint(byte[] head, String reading) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((size + " " + modified.toInstant() + " " + reading).getBytes(UTF_8));
      digest.update(head);
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static TransientException changed(String name) {
    return new TransientException(
        name + " was changed while it was read: run again when nothing writes to it any more",
        null);
  }
}
