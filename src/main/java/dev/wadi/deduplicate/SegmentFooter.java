package dev.wadi.deduplicate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The end of a segment file, which says what stands before it: first the blocks of the bloom
 * filter, then the records.
 *
 * @param count the number of records
 * @param blocks the number of blocks of the bloom filter
 * @param lastCommit the greatest commit id in this segment and those before it, or {@link
 *     #NO_COMMIT}
 * @param recordsCrc CRC32C of the records
 * @param bloomCrc CRC32C of the bloom filter
 */
record SegmentFooter(long count, long blocks, String lastCommit, int recordsCrc, int bloomCrc) {

  static final int COMMIT_LENGTH = 26;
  static final int SIZE = 2 * Long.BYTES + COMMIT_LENGTH + 4 * Integer.BYTES;

  /** Less than every commit's id: no commit was appended yet. */
  static final String NO_COMMIT = "0";

  private static final int MAGIC = 0x57534731; // "WSG1"
  private static final int CHECKED = SIZE - 2 * Integer.BYTES;

  SegmentFooter {
    if (lastCommit.isEmpty() || lastCommit.length() > COMMIT_LENGTH) {
      throw new IllegalArgumentException("not the id of a commit: '" + lastCommit + "'");
    }
  }

  long recordsOffset() {
    return blocks * BloomBlock.BYTES;
  }

  long recordsLength() {
    return count * Segment.RECORD_BYTES;
  }

  long fileLength() {
    return recordsOffset() + recordsLength() + SIZE;
  }

  ByteBuffer encode() {
    ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    buffer.putLong(count).putLong(blocks);
    byte[] commit = new byte[COMMIT_LENGTH];
    byte[] id = lastCommit.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(id, 0, commit, 0, id.length);
    buffer.put(commit).putInt(recordsCrc).putInt(bloomCrc);
    buffer.putInt(crc(buffer)).putInt(MAGIC);
    return buffer.flip();
  }

  /**
   * The footer of a segment's file.
   *
   * @throws DamagedSegmentException if it has none, or isn't as long as that says
   */
  static SegmentFooter read(FileChannel file) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(SIZE);
    long length = file.size();
    if (length >= SIZE) {
      Segment.readFully(file, end, length - SIZE);
    }
    SegmentFooter footer = decode(end.flip());
    if (footer.fileLength() != length) {
      throw new DamagedSegmentException("it isn't as long as its footer says");
    }
    return footer;
  }

  /**
   * @throws DamagedSegmentException if these bytes are no footer, or a damaged one
   */
  static SegmentFooter decode(ByteBuffer buffer) throws DamagedSegmentException {
    if (buffer.remaining() != SIZE || buffer.getInt(SIZE - Integer.BYTES) != MAGIC) {
      throw new DamagedSegmentException("it doesn't end as a segment does");
    }
    if (buffer.getInt(CHECKED) != crc(buffer)) {
      throw new DamagedSegmentException("its footer's checksum is wrong");
    }
    long count = buffer.getLong();
    long blocks = buffer.getLong();
    byte[] commit = new byte[COMMIT_LENGTH];
    buffer.get(commit);
    return new SegmentFooter(
        count,
        blocks,
        new String(commit, StandardCharsets.US_ASCII).replace("\0", ""),
        buffer.getInt(),
        buffer.getInt());
  }

  private static int crc(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().position(0).limit(CHECKED));
    return (int) crc.getValue();
  }
}
