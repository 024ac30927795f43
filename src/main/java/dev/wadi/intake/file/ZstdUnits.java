package dev.wadi.intake.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a zstd file (RFC 8878), handed out so that no read goes beyond one header, block or
 * checksum. The decoder loses what it has unpacked in a call that fails; so each call has one
 * block, and where it fails is known.
 */
final class ZstdUnits extends InputStream {

  static final String CORRUPT = "corrupt_zstd";
  private static final String TRUNCATED = "truncated_zstd";

  private static final long MAGIC = 0xFD2FB528L;
  private static final long SKIPPABLE_MAGIC = 0x184D2A50L;
  private static final int MAX_BLOCK_BYTES = 128 << 10;
  private static final int BLOCK_HEADER_BYTES = 3;
  private static final int RUN_LENGTH_BLOCK = 1;
  private static final int RESERVED_BLOCK = 3;
  private static final int CHECKSUM_BYTES = 4;

  private enum Next {
    FRAME,
    BLOCK,
    CHECKSUM,
    SKIPPED
  }

  private final PackedInput in;
  private final byte[] unit = new byte[MAX_BLOCK_BYTES + BLOCK_HEADER_BYTES];
  private int length;
  private int position;
  private long offset;
  private Next next = Next.FRAME;
  private boolean checksum;
  private long toSkip;

  ZstdUnits(InputStream packed) {
    this.in = new PackedInput(packed);
  }

  /** Whether a frame, or one to be skipped, begins with this number. */
  static boolean isMagic(long number) {
    return number == MAGIC || isSkippable(number);
  }

  /** Where in the file the unit begins that was handed out last. */
  long offset() {
    return offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int wanted) throws IOException {
    if (position == length && !advance()) {
      return -1;
    }
    int part = Math.min(wanted, length - position);
    System.arraycopy(unit, position, bytes, from, part);
    position += part;
    return part;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads the next unit; returns false at the end of the file. */
  private boolean advance() throws IOException {
    position = 0;
    length = 0;
    offset = in.offset();
    switch (next) {
      case FRAME -> {
        if (!in.fill()) {
          return false;
        }
        frame();
      }
      case BLOCK -> block();
      case CHECKSUM -> {
        take(CHECKSUM_BYTES);
        next = Next.FRAME;
      }
      case SKIPPED -> {
        take((int) Math.min(unit.length, toSkip));
        toSkip -= length;
        next = toSkip == 0 ? Next.FRAME : Next.SKIPPED;
      }
    }
    return true;
  }

  private void frame() throws IOException {
    take(Integer.BYTES);
    long magic = LittleEndian.get(unit, 0, Integer.BYTES);
    if (isSkippable(magic)) {
      take(Integer.BYTES);
      toSkip = LittleEndian.get(unit, Integer.BYTES, Integer.BYTES);
      next = toSkip == 0 ? Next.FRAME : Next.SKIPPED;
    } else if (magic == MAGIC) {
      take(1);
      int descriptor = unit[length - 1] & 0xff;
      boolean singleSegment = (descriptor & 1 << 5) != 0;
      checksum = (descriptor & 1 << 2) != 0;
      int dictionary = (1 << (descriptor & 3)) >> 1;
      int size = descriptor >>> 6;
      int sizeBytes = size == 0 ? (singleSegment ? 1 : 0) : 1 << size;
      take((singleSegment ? 0 : 1) + dictionary + sizeBytes);
      next = Next.BLOCK;
    } else {
      throw damaged(CORRUPT, "no zstd frame begins here");
    }
  }

  private void block() throws IOException {
    take(BLOCK_HEADER_BYTES);
    int header = (int) LittleEndian.get(unit, 0, BLOCK_HEADER_BYTES);
    int type = header >>> 1 & 3;
    int size = header >>> 3;
    if (type == RESERVED_BLOCK || type != RUN_LENGTH_BLOCK && size > MAX_BLOCK_BYTES) {
      throw damaged(CORRUPT, "no block begins here");
    }
    take(type == RUN_LENGTH_BLOCK ? 1 : size);
    boolean last = (header & 1) != 0;
    if (last) {
      next = checksum ? Next.CHECKSUM : Next.FRAME;
    }
  }

  private void take(int bytes) throws IOException {
    int taken = in.take(unit, length, bytes);
    length += taken;
    if (taken < bytes) {
      length = 0;
      throw damaged(TRUNCATED, "the file ends in the middle of it");
    }
  }

  /** An error in the unit that was handed out last. */
  DamagedContentException damaged(String reason, String what) {
    return new DamagedContentException(
        reason, "zstd data is damaged at byte " + offset + " of the file: " + what);
  }

  private static boolean isSkippable(long magic) {
    return (magic & ~0xFL) == SKIPPABLE_MAGIC;
  }
}
