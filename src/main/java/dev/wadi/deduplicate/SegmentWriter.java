package dev.wadi.deduplicate;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one segment in constant memory, from records that come in the order of their keys. It is
 * there under its name only when it is whole and durable; closed before that, nothing is left.
 */
final class SegmentWriter implements Closeable {

  static final String UNFINISHED = ".tmp";
  private static final int BUFFER_BYTES = Segment.RECORD_BYTES << 15;

  private final Path folder;
  private final SegmentRange range;
  private final Path unfinished;
  private final FileChannel file;
  private final long blocks;
  private final Run bloom;
  private final Run records;
  private final long[] block = new long[BloomBlock.WORDS];
  private long blockIndex;
  private long count;

  /**
   * @param atMost no more records than this will come
   */
  SegmentWriter(Path folder, SegmentRange range, long atMost) throws IOException {
    this.folder = folder;
    this.range = range;
    this.unfinished = folder.resolve(range.fileName() + UNFINISHED);
    this.blocks = BloomBlock.blocks(atMost);
    this.file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    long offset = blocks * BloomBlock.BYTES;
    this.bloom = new Run(0, offset);
    this.records = new Run(offset, Math.max(1, atMost) * Segment.RECORD_BYTES);
  }

  void add(long high, long low, long payloadHash) throws IOException {
    writeBlocksUpTo(BloomBlock.of(high, blocks));
    BloomBlock.add(block, low);
    records.put(high);
    records.put(low);
    records.put(payloadHash);
    count++;
  }

  /** Makes the segment durable, gives it its name, and opens it. */
  Segment finish(String lastCommit) throws IOException {
    writeBlocksUpTo(blocks);
    bloom.flush();
    records.flush();
    SegmentFooter footer = new SegmentFooter(count, blocks, lastCommit, records.crc(), bloom.crc());
    write(footer.encode(), footer.fileLength() - SegmentFooter.SIZE);
    file.force(true);
    file.close();
    Files.move(unfinished, folder.resolve(range.fileName()), StandardCopyOption.ATOMIC_MOVE);
    force(folder);
    return Segment.open(folder, range);
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(unfinished);
  }

  /** Makes the names in a folder durable. Windows can't, and does so by itself. */
  static void force(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private void writeBlocksUpTo(long next) throws IOException {
    for (; blockIndex < next; blockIndex++) {
      for (int i = 0; i < block.length; i++) {
        bloom.put(block[i]);
        block[i] = 0;
      }
    }
  }

  private void write(ByteBuffer buffer, long position) throws IOException {
    long next = position;
    while (buffer.hasRemaining()) {
      next += file.write(buffer, next);
    }
  }

  /** One of the two parts of the file, which are written side by side. */
  private final class Run {

    private final ByteBuffer buffer;
    private final CRC32C crc = new CRC32C();
    private long position;

    Run(long position, long length) {
      this.position = position;
      this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, length));
    }

    void put(long value) throws IOException {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putLong(value);
    }

    void flush() throws IOException {
      crc.update(buffer.flip());
      int length = buffer.limit();
      buffer.rewind();
      write(buffer, position);
      position += length;
      buffer.clear();
    }

    int crc() {
      return (int) crc.getValue();
    }
  }
}
