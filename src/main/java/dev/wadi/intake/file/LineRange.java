package dev.wadi.intake.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Splits a range of a plain file into lines. A record is a line without the blanks before it and
 * without the carriage return at its end; a line of blanks is none.
 */
final class LineRange {

  /**
   * The channel copies through a buffer of this size, which should stay in the processor's cache.
   */
  private static final int READ_BYTES = 1 << 17;

  private static final int TAIL_BYTES = 64 << 10;

  private final String name;
  private final FileChannel channel;
  private final long size;
  private final Limits limits;
  private final Buffers buffers;
  private final BlockBuilder records;
  private byte[] bytes;
  private long base;

  /**
   * @param size the file's, as it was when the source was opened
   */
  LineRange(String name, FileChannel channel, long size, Limits limits, Buffers buffers) {
    this.buffers = buffers;
    this.name = name;
    this.channel = channel;
    this.size = size;
    this.limits = limits;
    this.records = new BlockBuilder(limits);
  }

  /** The lines whose first bytes are in this range. */
  Block read(long from, long to) throws IOException {
    // the byte before tells whether a line begins with the range
    base = from == 0 ? 0 : from - 1;
    int length = (int) (to - base);
    bytes = buffers.take(length + (to < size ? TAIL_BYTES : 0));
    fill(0, length, base);
    int at = from == 0 ? ContentHead.startOf(bytes, length) : Newline.find(bytes, 0, length) + 1;
    while (at < length) {
      int end = Newline.find(bytes, at, length);
      if (end == length && to < size) {
        addTail(at, length);
      } else {
        addLine(at, end);
      }
      at = end + 1;
    }
    return records.build(name, bytes);
  }

  private void addLine(int from, int to) {
    int start = Newline.skipBlanks(bytes, from, to);
    if (start < to) {
      int end = bytes[to - 1] == '\r' ? to - 1 : to;
      records.add(start, end, base + start);
    }
  }

  /** The line that goes on behind the range. Only what can be kept of it is held. */
  private void addTail(int at, int length) throws IOException {
    int start = Newline.skipBlanks(bytes, at, length);
    int filled = length;
    long blanks = 0;
    long dropped = 0;
    byte last = bytes[length - 1];
    boolean ended = false;
    while (!ended && base + blanks + filled + dropped < size) {
      if (start == filled) {
        blanks += filled - at;
        start = at;
        filled = at;
      } else if (dropped > 0 || filled - start > limits.maxRecordBytes() + 1) {
        dropped += filled - start - limits.keptBytes();
        filled = start + limits.keptBytes();
      }
      long position = base + blanks + filled + dropped;
      int read = (int) Math.min(TAIL_BYTES, size - position);
      if (filled + read > bytes.length) {
        bytes = Arrays.copyOf(bytes, filled + Math.max(TAIL_BYTES, filled - start));
      }
      fill(filled, read, position);
      int end = Newline.find(bytes, filled, filled + read);
      if (start == filled) {
        start = Newline.skipBlanks(bytes, filled, end);
      }
      last = end > filled ? bytes[end - 1] : last;
      ended = end < filled + read;
      filled = end;
    }
    if (start < filled || dropped > 0) {
      int end = last == '\r' ? filled - 1 : filled;
      long offset = base + blanks + start;
      if (dropped == 0) {
        records.add(start, end, offset);
      } else {
        records.addBroken(start, filled, offset, limits.tooLarge(end - start + dropped));
      }
    }
  }

  private void fill(int at, int length, long position) throws IOException {
    for (int done = 0; done < length; ) {
      ByteBuffer part = ByteBuffer.wrap(bytes, at + done, Math.min(READ_BYTES, length - done));
      int read = channel.read(part, position + done);
      if (read < 0) {
        throw FileState.changed(name);
      }
      done += read;
    }
  }
}
