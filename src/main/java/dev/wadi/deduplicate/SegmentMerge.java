package dev.wadi.deduplicate;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Merges neighbouring segments into one, in constant memory. Of a key that several have, the newest
 * one's hash stays. The inputs are read past the mappings, so that a merge doesn't draw whole
 * segments into the process, and their checksums are compared on the way: a damaged input must not
 * come out with a good checksum.
 */
final class SegmentMerge {

  private static final int CANCEL_EVERY = 1 << 16;

  private SegmentMerge() {}

  /**
   * @param inputs neighbours, oldest first; left as they are
   * @throws DamagedSegmentException if an input is damaged
   * @throws CancellationException if that was asked for; nothing is left then
   */
  static Segment merge(Path folder, List<Segment> inputs, BooleanSupplier cancelled)
      throws IOException {
    Segment newest = inputs.get(inputs.size() - 1);
    SegmentRange range = new SegmentRange(inputs.get(0).range().from(), newest.range().to());
    long atMost = inputs.stream().mapToLong(Segment::count).sum();
    List<Reader> readers = new ArrayList<>();
    try (SegmentWriter writer = new SegmentWriter(folder, range, atMost)) {
      for (Segment input : inputs) {
        Reader reader = new Reader(input);
        readers.add(reader);
        reader.next();
      }
      for (long written = 0; ; written++) {
        if (written % CANCEL_EVERY == 0 && cancelled.getAsBoolean()) {
          throw new CancellationException("the merge of " + range.fileName());
        }
        Reader least = least(readers);
        if (least == null) {
          break;
        }
        long high = least.high;
        long low = least.low;
        writer.add(high, low, least.payloadHash);
        for (Reader reader : readers) {
          reader.skip(high, low);
        }
      }
      return writer.finish(newest.footer().lastCommit());
    } finally {
      for (Reader reader : readers) {
        reader.close();
      }
    }
  }

  // the newest of those with the least key; there are few readers, so a heap would gain nothing
  private static Reader least(List<Reader> readers) {
    Reader least = null;
    for (Reader reader : readers) {
      if (!reader.ended && (least == null || reader.compareTo(least) <= 0)) {
        least = reader;
      }
    }
    return least;
  }

  /** Stands on one record of a segment after the other. */
  private static final class Reader implements Closeable {

    private static final int BUFFER_BYTES = Segment.RECORD_BYTES << 13;

    private final Segment segment;
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final CRC32C crc = new CRC32C();
    private long position;
    private long high;
    private long low;
    private long payloadHash;
    private boolean ended;

    Reader(Segment segment) throws IOException {
      this.segment = segment;
      this.position = segment.footer().recordsOffset();
      this.file = FileChannel.open(segment.path(), StandardOpenOption.READ);
      buffer.limit(0);
    }

    int compareTo(Reader other) {
      int first = Long.compareUnsigned(high, other.high);
      return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    void skip(long pastHigh, long pastLow) throws IOException {
      if (!ended && high == pastHigh && low == pastLow) {
        next();
      }
    }

    void next() throws IOException {
      if (!buffer.hasRemaining() && !fill()) {
        ended = true;
        return;
      }
      high = buffer.getLong();
      low = buffer.getLong();
      payloadHash = buffer.getLong();
    }

    private boolean fill() throws IOException {
      SegmentFooter footer = segment.footer();
      long left = footer.recordsOffset() + footer.recordsLength() - position;
      if (left == 0) {
        if ((int) crc.getValue() != footer.recordsCrc()) {
          throw new DamagedSegmentException(
              segment.path().getFileName() + ": its records' checksum is wrong");
        }
        return false;
      }
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
      Segment.readFully(file, buffer, position);
      position += buffer.position();
      crc.update(buffer.flip());
      buffer.rewind();
      return true;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
