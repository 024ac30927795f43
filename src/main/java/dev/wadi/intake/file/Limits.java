package dev.wadi.intake.file;

/**
 * How much is read at once.
 *
 * @param pieceBytes about how much decompressed content makes a piece
 * @param maxRecordBytes a record with more bytes becomes a broken one, and is not held in memory
 */
public record Limits(int pieceBytes, int maxRecordBytes) {

  /** 4 MiB a piece, 1 MiB a record. */
  public static final Limits DEFAULT = new Limits(4 << 20, 1 << 20);

  private static final int KEPT_BYTES = 64 << 10;

  public Limits {
    if (pieceBytes < 1 || maxRecordBytes < 1 || pieceBytes > 1 << 28 || maxRecordBytes > 1 << 28) {
      throw new IllegalArgumentException(
          "limits must be from 1 to "
              + (1 << 28)
              + " bytes: "
              + pieceBytes
              + " a piece, "
              + maxRecordBytes
              + " a record");
    }
  }

  /** How many bytes of a broken record are kept at most: 64 KiB, or less if a record has less. */
  public int keptBytes() {
    return Math.min(KEPT_BYTES, maxRecordBytes);
  }

  Broken tooLarge(long length) {
    return new Broken(
        "too_large",
        "bytes",
        String.format(
            "the record has %d bytes; at most %d are taken, and the first %d are kept here",
            length, maxRecordBytes, keptBytes()));
  }
}
