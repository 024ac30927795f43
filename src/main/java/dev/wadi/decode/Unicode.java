package dev.wadi.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8 and characters are whole, which the JSON parser lets pass in part. */
final class Unicode {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Unicode() {}

  /**
   * Where the first byte stands that isn't UTF-8 (RFC 3629: no overlong forms, no surrogates,
   * nothing above U+10FFFF), or -1 if all of it is.
   */
  static int firstInvalid(byte[] bytes) {
    return firstInvalid(bytes, 0, bytes.length);
  }

  /** The same for a part of an array. */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
        continue;
      }
      int length = bytes[at] >= 0 ? 1 : sequenceLength(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** Whether all characters are ASCII. */
  static boolean isAscii(char[] characters, int from, int length) {
    int all = 0;
    for (int i = from; i < from + length; i++) {
      all |= characters[i];
    }
    return all < 0x80;
  }

  /** Whether each surrogate is one of a pair. */
  static boolean isWhole(char[] characters, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (!Character.isSurrogate(characters[i])) {
        continue;
      }
      if (i + 1 == from + length || !Character.isSurrogatePair(characters[i], characters[i + 1])) {
        return false;
      }
      i++;
    }
    return true;
  }

  /** The length of the sequence of several bytes that starts there, or 0 if none does. */
  private static int sequenceLength(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    boolean beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || beyond ? 0 : length;
  }
}
