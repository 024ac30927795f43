package dev.wadi.deduplicate;

/**
 * Which segments are due to be merged into one. Segments of similar size form a tier, and four of a
 * tier are merged with all that is newer. So a key is written again once per tier, and a ledger of
 * tens of millions of keys has about a dozen segments.
 */
final class MergePolicy {

  private static final int FAN_IN = 4;
  private static final long SMALLEST_TIER = 4096;

  private MergePolicy() {}

  /**
   * The segments from the one at the answer to the newest are due.
   *
   * @param counts records in each segment, oldest segment first
   * @return an index, or -1 if nothing is due
   */
  static int due(long[] counts) {
    int highest = 0;
    for (long count : counts) {
      highest = Math.max(highest, tier(count));
    }
    for (int tier = 0; tier <= highest; tier++) {
      int first = counts.length;
      int ofTier = 0;
      while (first > 0 && tier(counts[first - 1]) <= tier) {
        first--;
        ofTier += tier(counts[first]) == tier ? 1 : 0;
      }
      if (ofTier >= FAN_IN) {
        return first;
      }
    }
    return -1;
  }

  private static int tier(long count) {
    int tier = 0;
    for (long size = SMALLEST_TIER * FAN_IN; size <= count; size *= FAN_IN) {
      tier++;
    }
    return tier;
  }
}
