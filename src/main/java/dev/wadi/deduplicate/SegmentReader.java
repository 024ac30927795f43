package dev.wadi.deduplicate;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/**
 * Finds records of one segment, for keys that are asked for in rising order. Reads a few records at
 * a time and maps nothing: pages of a mapping would count as the process's memory, and tens of
 * millions of keys touch all of them.
 *
 * <p>Keys are hashes, evenly spread, so guessing by proportion from the last key on usually hits
 * the right records with the first read. Halving ends the search should they not be.
 */
final class SegmentReader implements Closeable {

  private static final int WINDOW_RECORDS = 256;
  private static final int GUESSES = 8;

  private final Segment segment;

  /** Not a channel: one that is interrupted in a read would be closed. */
  private final RandomAccessFile file;

  private final byte[] bytes = new byte[WINDOW_RECORDS * Segment.RECORD_BYTES];
  private final ByteBuffer window = ByteBuffer.wrap(bytes);

  /** The records in the window are those from here up to, not including, {@code windowEnd}. */
  private long windowStart;

  private long windowEnd;

  /** No record before this index is asked for any more; those before have lesser keys than this. */
  private long passed;

  private long passedHigh;
  private long payloadHash;

  /**
   * @throws FileNotFoundException if the segment has been merged into another meanwhile
   */
  SegmentReader(Segment segment) throws FileNotFoundException {
    this.segment = segment;
    this.file = new RandomAccessFile(segment.path().toFile(), "r");
  }

  /**
   * Whether there is a record of this key.
   *
   * @param high of a key that is no lesser than the one before
   */
  boolean find(long high, long low) throws IOException {
    long first = passed;
    long below = passedHigh;
    long last = segment.count() - 1;
    long above = -1L;
    for (int guess = 0; first <= last; guess++) {
      if (guess > 0 || !windowHas(high, low)) {
        long middle =
            guess < GUESSES
                ? first + (long) ((last - first) * proportion(high, below, above))
                : first + last >>> 1;
        load(Math.max(first, middle - WINDOW_RECORDS / 2));
      }
      if (compare(windowStart, high, low) > 0) {
        last = windowStart - 1;
        above = high(windowStart);
      } else if (compare(windowEnd - 1, high, low) < 0) {
        first = windowEnd;
        below = high(windowEnd - 1);
      } else {
        return findInWindow(high, low);
      }
    }
    passed = first;
    passedHigh = below;
    return false;
  }

  /** The payload hash of the record that was found last. */
  long payloadHash() {
    return payloadHash;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean windowHas(long high, long low) {
    return windowEnd > windowStart
        && compare(windowStart, high, low) <= 0
        && compare(windowEnd - 1, high, low) >= 0;
  }

  private boolean findInWindow(long high, long low) {
    long first = windowStart;
    long last = windowEnd - 1;
    while (first <= last) {
      long middle = first + last >>> 1;
      int order = compare(middle, high, low);
      if (order == 0) {
        passed = middle;
        passedHigh = high;
        payloadHash = window.getLong(at(middle) + 2 * Long.BYTES);
        return true;
      }
      if (order < 0) {
        first = middle + 1;
      } else {
        last = middle - 1;
      }
    }
    passed = first;
    passedHigh = high;
    return false;
  }

  private void load(long from) throws IOException {
    long to = Math.min(segment.count(), from + WINDOW_RECORDS);
    windowStart = from;
    windowEnd = from;
    file.seek(segment.footer().recordsOffset() + from * Segment.RECORD_BYTES);
    file.readFully(bytes, 0, (int) (to - from) * Segment.RECORD_BYTES);
    windowEnd = to;
  }

  private int compare(long index, long high, long low) {
    int order = Long.compareUnsigned(high(index), high);
    return order != 0 ? order : Long.compareUnsigned(window.getLong(at(index) + Long.BYTES), low);
  }

  private long high(long index) {
    return window.getLong(at(index));
  }

  private int at(long index) {
    return (int) (index - windowStart) * Segment.RECORD_BYTES;
  }

  private static double proportion(long key, long below, long above) {
    double span = unsigned(above - below);
    return span == 0 ? 0 : Math.min(1, unsigned(key - below) / span);
  }

  private static double unsigned(long value) {
    return (value >>> 1) * 2.0 + (value & 1);
  }
}
