package dev.wadi.intake.file;

import java.io.IOException;

/** The header of a gzip member (RFC 1952, 2.3). */
final class GzipHeader {

  /** What stands where a member may begin. */
  enum Found {
    MEMBER,
    END,
    TRUNCATED,
    OTHER
  }

  private static final int FIXED_BYTES = 10;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private GzipHeader() {}

  /**
   * @param first whether no member was before; only behind one may the file end, or be padded with
   *     zeros, as on tape
   */
  static Found read(PackedInput in, boolean first) throws IOException {
    if (!first && (!in.fill() || isPadding(in))) {
      return Found.END;
    }
    byte[] fixed = new byte[FIXED_BYTES];
    int read = in.take(fixed, 0, FIXED_BYTES);
    boolean known =
        (read < 1 || fixed[0] == 0x1F)
            && (read < 2 || fixed[1] == (byte) 0x8B)
            && (read < 3 || fixed[2] == DEFLATE);
    if (!known) {
      return Found.OTHER;
    }
    return read == FIXED_BYTES && skipRest(in, fixed[3]) ? Found.MEMBER : Found.TRUNCATED;
  }

  private static boolean isPadding(PackedInput in) throws IOException {
    while (in.fill()) {
      if (in.buffer()[in.position()] != 0) {
        return false;
      }
      in.take();
    }
    return true;
  }

  private static boolean skipRest(PackedInput in, int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      byte[] length = in.take(2);
      if (length == null || in.take((int) LittleEndian.get(length, 0, 2)) == null) {
        return false;
      }
    }
    if ((flags & NAME) != 0 && !skipText(in) || (flags & COMMENT) != 0 && !skipText(in)) {
      return false;
    }
    return (flags & HEADER_CRC) == 0 || in.take(2) != null;
  }

  private static boolean skipText(PackedInput in) throws IOException {
    int next = in.take();
    while (next > 0) {
      next = in.take();
    }
    return next == 0;
  }
}
