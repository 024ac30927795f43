package dev.wadi.intake.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON that is written piece by piece. */
final class JsonText {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  JsonText(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  void add(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void add(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /**
   * Adds a string in quotes. What isn't UTF-8 stays so.
   *
   * @param quotesDoubled whether two quotes stand for one
   */
  void addString(byte[] from, int start, int end, boolean quotesDoubled) {
    room(2 * (1 + end - start));
    bytes[length++] = '"';
    for (int i = start; i < end; i++) {
      byte b = from[i];
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
        i += b == '"' && quotesDoubled ? 1 : 0;
      } else if (b >= 0 && b < ' ') {
        room(6 + 2 * (end - i));
        addControl(b);
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void addControl(byte b) {
    bytes[length++] = '\\';
    if (b == '\n' || b == '\r' || b == '\t') {
      bytes[length++] = (byte) (b == '\n' ? 'n' : b == '\r' ? 'r' : 't');
    } else {
      bytes[length++] = 'u';
      bytes[length++] = '0';
      bytes[length++] = '0';
      bytes[length++] = HEX[b >>> 4];
      bytes[length++] = HEX[b & 15];
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
