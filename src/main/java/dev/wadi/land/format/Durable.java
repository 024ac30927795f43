package dev.wadi.land.format;

import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes what was written survive the loss of power. */
public final class Durable {

  private static final int BLOCK = 1 << 18;

  private Durable() {}

  /** Fsyncs a file, and reads it for its length and SHA-256. */
  public static FileStats file(Path file, long rows) throws IOException {
    return file(file, rows, StageTimes.OFF);
  }

  /** The same, measured. */
  static FileStats file(Path file, long rows, StageTimes times) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      times.run(Stage.FSYNC, () -> channel.force(true));
      String sha256 = times.time(Stage.CHECKSUM, () -> sha256(channel));
      return new FileStats(file, rows, channel.size(), sha256);
    }
  }

  /** The SHA-256 of a file's content, in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return sha256(channel);
    }
  }

  /** Fsyncs the entries of a folder. */
  public static void folder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String sha256(FileChannel channel) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (channel.read(block) >= 0) {
        digest.update(block.flip());
        block.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
