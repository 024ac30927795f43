package dev.wadi.deduplicate;

/**
 * How a key's bits lie in a bloom filter of blocks. All bits of a key are in one block of 64 bytes,
 * so that a question costs one cache line. The block is chosen by the key's first bits and so rises
 * with the key: a sorted batch walks through the filter, and a writer of sorted keys needs only one
 * block at a time. At 10 bits a key about one absent key in 80 passes.
 */
final class BloomBlock {

  static final int BYTES = 64;
  static final int WORDS = BYTES / Long.BYTES;
  private static final int BITS_PER_KEY = 10;
  private static final int PROBES = 7;

  private BloomBlock() {}

  /** How many blocks this many keys need. */
  static long blocks(long keys) {
    return Math.max(1, (keys * BITS_PER_KEY + BYTES * 8 - 1) / (BYTES * 8));
  }

  /** The block of a key whose first 64 bits are these; rises with them as an unsigned number. */
  static long of(long high, long blocks) {
    return (high >>> 32) * blocks >>> 32;
  }

  /** Sets the bits of a key, by its last 64 bits. */
  static void add(long[] block, long low) {
    for (int probe = 0; probe < PROBES; probe++) {
      int bit = bit(low, probe);
      block[bit >>> 6] |= 1L << bit;
    }
  }

  /** Whether all bits of a key are set in the block that begins at this offset. */
  static boolean mayHave(MappedRegion filter, long offset, long low) {
    // four at a time: an absent key hardly ever passes them, so the processor guesses right
    long first =
        probe(filter, offset, low, 0)
            & probe(filter, offset, low, 1)
            & probe(filter, offset, low, 2)
            & probe(filter, offset, low, 3);
    return (first & 1) != 0
        && (probe(filter, offset, low, 4)
                & probe(filter, offset, low, 5)
                & probe(filter, offset, low, 6)
                & 1)
            != 0;
  }

  /** The word of a probe, with its bit as the lowest. */
  private static long probe(MappedRegion filter, long offset, long low, int probe) {
    int bit = bit(low, probe);
    return filter.getLong(offset + (bit >>> 6) * (long) Long.BYTES) >>> bit;
  }

  // 7 times 9 bits of the key itself, which is a cryptographic hash
  private static int bit(long low, int probe) {
    return (int) (low >>> 9 * probe) & BYTES * 8 - 1;
  }
}
