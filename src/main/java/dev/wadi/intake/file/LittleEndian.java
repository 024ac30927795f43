package dev.wadi.intake.file;

/** Numbers whose lowest byte comes first. */
final class LittleEndian {

  private LittleEndian() {}

  /** The unsigned number in so many bytes, at most 4. */
  static long get(byte[] bytes, int at, int length) {
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xff;
    }
    return value;
  }
}
