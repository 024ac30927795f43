package dev.wadi.deduplicate;

import java.util.Arrays;

/** The keys that a commit lands, with their payload hashes, in columns. Not thread-safe. */
public final class LandedKeys {

  private long[] highs;
  private long[] lows;
  private long[] hashes;
  private int count;

  /**
   * @param expected how many there will be
   */
  public LandedKeys(int expected) {
    int first = Math.max(16, expected);
    highs = new long[first];
    lows = new long[first];
    hashes = new long[first];
  }

  /** Adds a key. */
  public void add(long high, long low, long payloadHash) {
    if (count == highs.length) {
      highs = Arrays.copyOf(highs, count * 2);
      lows = Arrays.copyOf(lows, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    highs[count] = high;
    lows[count] = low;
    hashes[count] = payloadHash;
    count++;
  }

  public int count() {
    return count;
  }

  /** Appends them to a ledger; see {@link Ledger#append}. */
  public void appendTo(Ledger ledger, String commit) {
    ledger.append(commit, highs, lows, hashes, count);
  }
}
