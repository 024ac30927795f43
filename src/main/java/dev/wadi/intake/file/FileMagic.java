package dev.wadi.intake.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Well-known kinds of files that can't be read, by their first bytes. */
enum FileMagic {
  ZIP("PK\3\4", "a zip archive: unpack it first"),
  XZ("\u00FD7zXZ\0", "an xz file: unpack it first"),
  BZIP2("BZh", "a bzip2 file: unpack it first"),
  PARQUET("PAR1", "a Parquet file: convert it to JSON lines first"),
  AVRO("Obj\1", "an Avro file: convert it to JSON lines first");

  private final byte[] magic;
  private final String description;

  FileMagic(String magic, String description) {
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    this.description = description;
  }

  /** What the file is and what to do about it, or null if it is none of these. */
  static String describe(byte[] head) {
    for (FileMagic kind : values()) {
      int length = kind.magic.length;
      if (head.length >= length && Arrays.equals(head, 0, length, kind.magic, 0, length)) {
        return kind.description;
      }
    }
    return null;
  }
}
