package dev.wadi.land;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes {@code <source> <file>@<offset>} into an array that is used again. Not thread-safe. */
final class PositionText {

  private static final int MOST_DIGITS = 20;

  private final byte[] source;
  private String file;
  private byte[] bytes = new byte[0];
  private int headLength;

  /**
   * @param source the source's name and a space, as UTF-8
   */
  PositionText(byte[] source) {
    this.source = source.clone();
  }

  /** Writes a position; returns its length. */
  int of(String ofFile, long offset) {
    if (ofFile != file) {
      byte[] name = ofFile.getBytes(StandardCharsets.UTF_8);
      headLength = source.length + name.length + 1;
      bytes = Arrays.copyOf(source, headLength + MOST_DIGITS);
      System.arraycopy(name, 0, bytes, source.length, name.length);
      bytes[headLength - 1] = '@';
      file = ofFile;
    }
    int digits = digits(offset);
    long rest = offset;
    for (int at = headLength + digits - 1; at >= headLength; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return headLength + digits;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long bound = 10; digits < 19 && number >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** What was written. */
  byte[] bytes() {
    return bytes;
  }
}
