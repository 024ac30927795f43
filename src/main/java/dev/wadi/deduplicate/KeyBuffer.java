package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;

/** Keys on their way into a ledger, never more than so many. */
final class KeyBuffer {

  private final long[] highs;
  private final long[] lows;
  private final long[] hashes;
  private int count;

  KeyBuffer(int size) {
    highs = new long[size];
    lows = new long[size];
    hashes = new long[size];
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == highs.length;
  }

  void put(LandedKey landed) {
    highs[count] = landed.key().high();
    lows[count] = landed.key().low();
    hashes[count] = landed.payloadHash();
    count++;
  }

  /** Empties it into the ledger, ahead of the commits that landed the keys. */
  void addTo(Ledger ledger) {
    ledger.add(highs, lows, hashes, count);
    count = 0;
  }

  /** Empties it into the ledger, which has all up to this commit then. */
  void appendTo(Ledger ledger, String commit) {
    ledger.append(commit, highs, lows, hashes, count);
    count = 0;
  }
}
