package dev.wadi.intake.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies that are compressed, and no further than they may be large. */
final class Unpacked {

  private static final int BUFFER = 16 << 10;

  private Unpacked() {}

  /**
   * The body itself.
   *
   * @param encoding the header Content-Encoding; null if there is none
   * @param maxBody the most bytes that it may have
   * @throws RefusedException if it is larger, or can't be unpacked
   */
  static byte[] body(String encoding, byte[] body, long maxBody) throws RefusedException {
    String name = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> gunzip(body, maxBody);
      default ->
          throw new RefusedException(
              new Problem(
                  415,
                  "this takes no Content-Encoding " + name + ": send gzip, or the body as it is",
                  "Content-Encoding",
                  Map.of("Accept-Encoding", "gzip")));
    };
  }

  static RefusedException tooLarge(long maxBody) {
    return new RefusedException(
        Problem.of(
            413, "a body has " + maxBody + " bytes at most, unpacked: send several requests"));
  }

  private static byte[] gunzip(byte[] packed, long maxBody) throws RefusedException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream(packed.length * 2);
    byte[] buffer = new byte[BUFFER];
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER)) {
      for (int read = gzip.read(buffer); read >= 0; read = gzip.read(buffer)) {
        if (unpacked.size() + read > maxBody) {
          throw tooLarge(maxBody);
        }
        unpacked.write(buffer, 0, read);
      }
      return unpacked.toByteArray();
    } catch (IOException e) {
      throw new RefusedException(
          Problem.of(400, "Content-Encoding", "the body is not whole gzip: " + e.getMessage()));
    }
  }
}
