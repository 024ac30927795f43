package dev.wadi.deduplicate;

/** The keys that a commit lands, with their payload hashes, in columns. */
final class LandedKeys {

  private final long[] highs;
  private final long[] lows;
  private final long[] hashes;
  private int count;

  /**
   * @param most how many there can be
   */
  LandedKeys(int most) {
    highs = new long[most];
    lows = new long[most];
    hashes = new long[most];
  }

  void add(long high, long low, long payloadHash) {
    highs[count] = high;
    lows[count] = low;
    hashes[count] = payloadHash;
    count++;
  }

  /** The first halves of the keys; this array and the others may be longer than the count. */
  long[] highs() {
    return highs;
  }

  long[] lows() {
    return lows;
  }

  long[] hashes() {
    return hashes;
  }

  int count() {
    return count;
  }
}
