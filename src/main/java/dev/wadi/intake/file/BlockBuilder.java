package dev.wadi.intake.file;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Gathers where records lie in an array of bytes. */
final class BlockBuilder {

  private static final int FIRST_SIZE = 1024;

  private final Limits limits;
  private int count;
  private int[] starts = new int[FIRST_SIZE];
  private int[] ends = new int[FIRST_SIZE];
  private long[] offsets = new long[FIRST_SIZE];
  private long[] lines;
  private Map<Integer, Broken> broken = Map.of();

  BlockBuilder(Limits limits) {
    this.limits = limits;
  }

  int count() {
    return count;
  }

  /** Adds a record, as a broken one if it is too large. */
  void add(int start, int end, long offset) {
    if (end - start > limits.maxRecordBytes()) {
      addBroken(start, end, offset, limits.tooLarge(end - start));
    } else {
      put(start, end, offset);
    }
  }

  /** Notes the number of the line that the record begins in which was added last. */
  void line(long line) {
    if (lines == null) {
      lines = new long[starts.length];
    } else if (lines.length < count) {
      lines = Arrays.copyOf(lines, starts.length);
    }
    lines[count - 1] = line;
  }

  /** Adds a broken record; bytes beyond those that are kept are left out. */
  void addBroken(int start, int end, long offset, Broken why) {
    if (broken.isEmpty()) {
      broken = new HashMap<>();
    }
    broken.put(count, why);
    put(start, Math.min(end, start + limits.keptBytes()), offset);
  }

  Block build(String file, byte[] bytes) {
    return new Block(file, bytes, count, starts, ends, offsets, lines, broken);
  }

  /** Adds a record that is taken at any length. */
  void put(int start, int end, long offset) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    offsets[count] = offset;
    count++;
  }
}
