package dev.wadi.deduplicate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * A file of records, sorted by key as an unsigned number and never changed: 128 bits of key and 64
 * bits of payload hash each. Its bloom filter is mapped, so it takes no heap; the records are read
 * by a {@link SegmentReader}. Thread-safe.
 */
final class Segment {

  static final int RECORD_BYTES = 24;
  private static final int READ_BYTES = 1 << 20;

  private final SegmentRange range;
  private final Path path;
  private final SegmentFooter footer;
  private final MappedRegion bloom;

  private Segment(SegmentRange range, Path path, SegmentFooter footer, MappedRegion bloom) {
    this.range = range;
    this.path = path;
    this.footer = footer;
    this.bloom = bloom;
  }

  /**
   * Opens a segment; checks its footer, length and bloom filter, but not its records.
   *
   * @throws DamagedSegmentException if one of them is wrong
   */
  static Segment open(Path folder, SegmentRange range) throws IOException {
    Path path = folder.resolve(range.fileName());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      SegmentFooter footer = SegmentFooter.read(file);
      if (crc(file, 0, footer.recordsOffset(), () -> false) != footer.bloomCrc()) {
        throw new DamagedSegmentException("its bloom filter's checksum is wrong");
      }
      MappedRegion bloom = MappedRegion.map(file, 0, footer.recordsOffset(), MappedRegion.PIECE);
      return new Segment(range, path, footer, bloom);
    }
  }

  /**
   * Reads all records and compares their checksum.
   *
   * @param cancelled asked between reads; when true, the check ends as if all were well
   * @throws DamagedSegmentException if it is wrong
   */
  void check(BooleanSupplier cancelled) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      int crc = crc(file, footer.recordsOffset(), footer.recordsLength(), cancelled);
      if (crc != footer.recordsCrc() && !cancelled.getAsBoolean()) {
        throw new DamagedSegmentException("its records' checksum is wrong");
      }
    }
  }

  /**
   * Which of these keys there may be a record of; there is none of any other.
   *
   * @param candidates gets their indexes
   * @return how many they are
   */
  int mayHave(long[] highs, long[] lows, int count, int[] candidates) {
    long blocks = footer.blocks();
    int passed = 0;
    for (int i = 0; i < count; i++) {
      long block = BloomBlock.of(highs[i], blocks);
      if (BloomBlock.mayHave(bloom, block * BloomBlock.BYTES, lows[i])) {
        candidates[passed++] = i;
      }
    }
    return passed;
  }

  SegmentRange range() {
    return range;
  }

  Path path() {
    return path;
  }

  SegmentFooter footer() {
    return footer;
  }

  long count() {
    return footer.count();
  }

  private static int crc(FileChannel file, long from, long length, BooleanSupplier cancelled)
      throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(READ_BYTES, length));
    for (long done = 0; done < length && !cancelled.getAsBoolean(); done += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
      readFully(file, buffer, from + done);
      crc.update(buffer.flip());
    }
    return (int) crc.getValue();
  }

  /** Fills the buffer up to its limit. */
  static void readFully(FileChannel file, ByteBuffer buffer, long from) throws IOException {
    long position = from;
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new DamagedSegmentException("it ends too early");
      }
      position += read;
    }
  }
}
