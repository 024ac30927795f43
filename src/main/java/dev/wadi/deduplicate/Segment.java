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
 * bits of payload hash each. Read through a mapping, so it takes no heap. Thread-safe.
 */
final class Segment {

  static final int RECORD_BYTES = 24;
  private static final int READ_BYTES = 1 << 20;
  private static final int INTERPOLATIONS = 8;

  private final SegmentRange range;
  private final Path path;
  private final SegmentFooter footer;
  private final MappedRegion bloom;
  private final MappedRegion records;

  private Segment(
      SegmentRange range,
      Path path,
      SegmentFooter footer,
      MappedRegion bloom,
      MappedRegion records) {
    this.range = range;
    this.path = path;
    this.footer = footer;
    this.bloom = bloom;
    this.records = records;
  }

  /**
   * Opens a segment; checks its footer, length and bloom filter, but not its records.
   *
   * @throws DamagedSegmentException if one of them is wrong
   */
  static Segment open(Path folder, SegmentRange range) throws IOException {
    Path path = folder.resolve(range.fileName());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(SegmentFooter.SIZE);
      long length = file.size();
      if (length >= SegmentFooter.SIZE) {
        readFully(file, end, length - SegmentFooter.SIZE);
      }
      SegmentFooter footer = SegmentFooter.decode(end.flip());
      if (footer.fileLength() != length) {
        throw new DamagedSegmentException("it isn't as long as its footer says");
      }
      if (crc(file, 0, footer.recordsOffset(), () -> false) != footer.bloomCrc()) {
        throw new DamagedSegmentException("its bloom filter's checksum is wrong");
      }
      MappedRegion bloom = MappedRegion.map(file, 0, footer.recordsOffset(), MappedRegion.PIECE);
      MappedRegion records =
          MappedRegion.map(
              file, footer.recordsOffset(), footer.recordsLength(), MappedRegion.PIECE);
      return new Segment(range, path, footer, bloom, records);
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

  /** Where the record of a key stands, or -1 if there is none. */
  long indexOf(long high, long low) {
    long block = BloomBlock.of(high, footer.blocks());
    return BloomBlock.mayHave(bloom, block * BloomBlock.BYTES, low) ? search(high, low) : -1;
  }

  long payloadHash(long index) {
    return records.getLong(index * RECORD_BYTES + 2 * Long.BYTES);
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

  // Keys are hashes, evenly spread, so guessing by proportion finds one of millions in about five
  // steps, on few pages. Halving ends the search should they not be.
  private long search(long high, long low) {
    long first = 0;
    long last = footer.count() - 1;
    long below = 0;
    long above = -1L;
    for (int step = 0; first <= last; step++) {
      long middle =
          step < INTERPOLATIONS
              ? first + (long) ((last - first) * proportion(high, below, above))
              : first + last >>> 1;
      long found = records.getLong(middle * RECORD_BYTES);
      int order = Long.compareUnsigned(found, high);
      if (order == 0) {
        order = Long.compareUnsigned(records.getLong(middle * RECORD_BYTES + Long.BYTES), low);
      }
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        first = middle + 1;
        below = found;
      } else {
        last = middle - 1;
        above = found;
      }
    }
    return -1;
  }

  private static double proportion(long key, long below, long above) {
    double span = unsigned(above - below);
    return span == 0 ? 0 : Math.min(1, unsigned(key - below) / span);
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0 + (value & 1);
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
