package dev.wadi.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Staged files for tests; each holds its key as text. */
final class Staged {

  private Staged() {}

  static StagedObject object(Path folder, String key) {
    byte[] content = key.getBytes(StandardCharsets.UTF_8);
    String name = key.substring(key.lastIndexOf('/') + 1);
    try {
      Path file = Files.createDirectories(folder.resolve("staging")).resolve(name);
      Files.write(file, content);
      String sha256 =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      return new StagedObject(
          name.substring(0, name.indexOf('-')), "events", key, file, 1, content.length, sha256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
