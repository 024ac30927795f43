package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventBlock;
import dev.wadi.event.EventBlock.Fate;
import dev.wadi.event.EventKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Decides for all events of a commit at once which of them land: the first of each key, unless the
 * key has landed before. Nobody else may land anything meanwhile, so there is nothing to claim.
 */
public final class BulkDecision {

  private final Ledger ledger;

  public BulkDecision(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Sets the fates of the events that don't land.
   *
   * @param blocks in the order in which their records count
   * @return what lands, for the ledger once the commit stands
   */
  public List<LandedKey> decide(List<EventBlock> blocks) {
    int events = blocks.stream().mapToInt(EventBlock::count).sum();
    FirstKeys firsts = new FirstKeys(events);
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) == Fate.LANDS) {
          firsts.add(block.keyHigh(n), block.keyLow(n), block.payloadHash(n));
        }
      }
    }
    Map<EventKey, Long> before = ledger.findAll(firsts.keys());
    firsts.landedBefore(before);
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) == Fate.LANDS) {
          decide(block, n, firsts);
        }
      }
    }
    return firsts.landed();
  }

  private static void decide(EventBlock block, int n, FirstKeys firsts) {
    int slot = firsts.slot(block.keyHigh(n), block.keyLow(n));
    if (firsts.takeFirst(slot)) {
      return;
    }
    if (firsts.hash(slot) == block.payloadHash(n)) {
      block.duplicate(n);
    } else {
      block.conflict(n, firsts.hash(slot));
    }
  }

  /** The keys of a commit, each with the payload hash that lands or has landed first. */
  private static final class FirstKeys {

    private static final byte EMPTY = 0;
    private static final byte TO_LAND = 1;
    private static final byte TAKEN = 2;
    private static final byte LANDED_BEFORE = 3;

    private final int mask;
    private final long[] highs;
    private final long[] lows;
    private final long[] hashes;
    private final byte[] states;

    FirstKeys(int events) {
      int slots = Math.max(16, Integer.highestOneBit(Math.max(1, events)) * 4);
      mask = slots - 1;
      highs = new long[slots];
      lows = new long[slots];
      hashes = new long[slots];
      states = new byte[slots];
    }

    void add(long high, long low, long hash) {
      int slot = slot(high, low);
      if (states[slot] == EMPTY) {
        states[slot] = TO_LAND;
        highs[slot] = high;
        lows[slot] = low;
        hashes[slot] = hash;
      }
    }

    /** Where the key is, or would be. */
    int slot(long high, long low) {
      int slot = (int) (low ^ (low >>> 32)) & mask;
      while (states[slot] != EMPTY && (highs[slot] != high || lows[slot] != low)) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    List<EventKey> keys() {
      List<EventKey> keys = new ArrayList<>();
      for (int slot = 0; slot < states.length; slot++) {
        if (states[slot] != EMPTY) {
          keys.add(new EventKey(highs[slot], lows[slot]));
        }
      }
      return keys;
    }

    void landedBefore(Map<EventKey, Long> before) {
      before.forEach(
          (key, hash) -> {
            int slot = slot(key.high(), key.low());
            states[slot] = LANDED_BEFORE;
            hashes[slot] = hash;
          });
    }

    /** Whether the asking event is the one that lands. */
    boolean takeFirst(int slot) {
      boolean first = states[slot] == TO_LAND;
      if (first) {
        states[slot] = TAKEN;
      }
      return first;
    }

    long hash(int slot) {
      return hashes[slot];
    }

    List<LandedKey> landed() {
      LandedKey[] landed = new LandedKey[states.length];
      int count = 0;
      for (int slot = 0; slot < states.length; slot++) {
        if (states[slot] == TAKEN) {
          landed[count++] = new LandedKey(new EventKey(highs[slot], lows[slot]), hashes[slot]);
        }
      }
      return List.of(Arrays.copyOf(landed, count));
    }
  }
}
