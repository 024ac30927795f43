package dev.wadi.deduplicate;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file, mapped for reading in pieces, since one mapping holds no more than 2 GB.
 *
 * <p>Never unmapped by hand: a reader may be in it. The garbage collector unmaps it when nobody can
 * reach it any more; until then the file's blocks stay, even when the file is deleted.
 */
final class MappedRegion {

  /** Just under 1 GiB, and a multiple of what a record and what a block of a filter take. */
  static final int PIECE = 192 * 5_592_405;

  private final MappedByteBuffer[] pieces;
  private final int pieceSize;

  private MappedRegion(MappedByteBuffer[] pieces, int pieceSize) {
    this.pieces = pieces;
    this.pieceSize = pieceSize;
  }

  /**
   * @param pieceSize a multiple of the size of what is read from it, so that nothing lies in two
   *     pieces
   */
  static MappedRegion map(FileChannel file, long from, long size, int pieceSize)
      throws IOException {
    MappedByteBuffer[] pieces = new MappedByteBuffer[(int) ((size + pieceSize - 1) / pieceSize)];
    for (int i = 0; i < pieces.length; i++) {
      long begin = (long) i * pieceSize;
      pieces[i] =
          file.map(FileChannel.MapMode.READ_ONLY, from + begin, Math.min(pieceSize, size - begin));
    }
    return new MappedRegion(pieces, pieceSize);
  }

  long getLong(long offset) {
    if (pieces.length == 1) {
      return pieces[0].getLong((int) offset);
    }
    return pieces[(int) (offset / pieceSize)].getLong((int) (offset % pieceSize));
  }
}
