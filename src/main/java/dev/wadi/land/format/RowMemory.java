package dev.wadi.land.format;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays for the columns of one file after the other: a large file's would otherwise be cleared and
 * collected anew each time. What is given back is used again as it is. Not thread-safe: each thread
 * that makes files has its own. It holds at most what one file has needed.
 */
public final class RowMemory {

  private static final int SIZES = Integer.SIZE;
  private static final long MOST_HELD = 48 << 20;

  private final Map<Integer, Deque<byte[]>> bytes = new HashMap<>();
  private final Map<Integer, Deque<int[]>> numbers = new HashMap<>();

  private long held;

  /** An array of at least this many bytes, with anything in it. */
  byte[] bytes(int size) {
    int log = log(size);
    Deque<byte[]> free = bytes.get(log);
    byte[] known = free == null ? null : free.poll();
    if (known == null) {
      return new byte[length(log)];
    }
    held -= known.length;
    return known;
  }

  /** An array of at least this many zero bytes, up to that size. */
  byte[] zeros(int size) {
    byte[] cleared = bytes(size);
    Arrays.fill(cleared, 0, size, (byte) 0);
    return cleared;
  }

  /** An array of at least so many numbers, with anything in it. */
  int[] numbers(int size) {
    int log = log(size);
    Deque<int[]> free = numbers.get(log);
    int[] known = free == null ? null : free.poll();
    if (known == null) {
      return new int[length(log)];
    }
    held -= (long) known.length * Integer.BYTES;
    return known;
  }

  void giveBack(byte[] array) {
    if (array.length == length(log(array.length)) && held + array.length <= MOST_HELD) {
      held += array.length;
      bytes.computeIfAbsent(log(array.length), log -> new ArrayDeque<>()).push(array);
    }
  }

  void giveBack(int[] array) {
    long size = (long) array.length * Integer.BYTES;
    if (size > 0 && array.length == length(log(array.length)) && held + size <= MOST_HELD) {
      held += size;
      numbers.computeIfAbsent(log(array.length), log -> new ArrayDeque<>()).push(array);
    }
  }

  private static int log(int size) {
    return size <= 1 ? 0 : SIZES - Integer.numberOfLeadingZeros(size - 1);
  }

  private static int length(int log) {
    return log >= 31 ? Integer.MAX_VALUE - 8 : 1 << log;
  }
}
