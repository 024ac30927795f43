package dev.wadi.deduplicate;

import java.util.Arrays;

/**
 * The order of keys that stand in parallel arrays, by unsigned value; equal keys keep theirs. Keys
 * are hashes, evenly spread, so that one pass by their first bits leaves little to sort.
 */
final class SortedKeys {

  private static final int MOST_BITS = 20;
  private static final int FEW = 24;

  private final long[] highs;
  private final long[] lows;
  private final int[] order;

  private SortedKeys(long[] highs, long[] lows, int count) {
    this.highs = highs;
    this.lows = lows;
    this.order = new int[count];
  }

  /** The indexes of the keys in rising order of these. */
  static int[] order(long[] highs, long[] lows, int count) {
    SortedKeys keys = new SortedKeys(highs, lows, count);
    keys.sort();
    return keys.order;
  }

  private void sort() {
    int bits =
        Math.min(MOST_BITS, Math.max(1, 31 - Integer.numberOfLeadingZeros(order.length | 1)));
    int shift = Long.SIZE - bits;
    int[] ends = new int[1 << bits];
    for (int i = 0; i < order.length; i++) {
      ends[(int) (highs[i] >>> shift)]++;
    }
    for (int bucket = 1; bucket < ends.length; bucket++) {
      ends[bucket] += ends[bucket - 1];
    }
    // from the end, so that equal keys keep their order
    for (int i = order.length - 1; i >= 0; i--) {
      order[--ends[(int) (highs[i] >>> shift)]] = i;
    }
    for (int bucket = 0; bucket < ends.length; bucket++) {
      int to = bucket + 1 < ends.length ? ends[bucket + 1] : order.length;
      if (to - ends[bucket] <= FEW) {
        insert(ends[bucket], to);
      } else {
        sortMany(ends[bucket], to);
      }
    }
  }

  private void insert(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int moved = order[i];
      int at = i;
      while (at > from && compare(order[at - 1], moved) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = moved;
    }
  }

  private void sortMany(int from, int to) {
    Integer[] boxed = new Integer[to - from];
    Arrays.setAll(boxed, i -> order[from + i]);
    Arrays.sort(boxed, this::compare);
    for (int i = 0; i < boxed.length; i++) {
      order[from + i] = boxed[i];
    }
  }

  private int compare(int one, int other) {
    int first = Long.compareUnsigned(highs[one], highs[other]);
    return first != 0 ? first : Long.compareUnsigned(lows[one], lows[other]);
  }
}
