package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys and payload hashes as parallel arrays. */
record KeyArrays(long[] highs, long[] lows, long[] hashes) {

  static KeyArrays of(Collection<EventKey> keys) {
    KeyArrays arrays = ofSize(keys.size());
    int i = 0;
    for (EventKey key : keys) {
      arrays.set(i++, key, 0);
    }
    return arrays;
  }

  static KeyArrays ofLanded(List<LandedKey> landed) {
    KeyArrays arrays = ofSize(landed.size());
    int i = 0;
    for (LandedKey one : landed) {
      arrays.set(i++, one.key(), one.payloadHash());
    }
    return arrays;
  }

  int count() {
    return highs.length;
  }

  /** The payload hashes of the chosen keys. */
  Map<EventKey, Long> where(boolean[] chosen) {
    Map<EventKey, Long> hashOf = new HashMap<>();
    for (int i = 0; i < count(); i++) {
      if (chosen[i]) {
        hashOf.put(new EventKey(highs[i], lows[i]), hashes[i]);
      }
    }
    return hashOf;
  }

  private static KeyArrays ofSize(int size) {
    return new KeyArrays(new long[size], new long[size], new long[size]);
  }

  private void set(int i, EventKey key, long hash) {
    highs[i] = key.high();
    lows[i] = key.low();
    hashes[i] = hash;
  }
}
