package dev.wadi.deduplicate;

import dev.wadi.event.EventBlock;
import dev.wadi.event.EventBlock.Fate;
import java.util.List;

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
  public LandedKeys decide(List<EventBlock> blocks) {
    int events = blocks.stream().mapToInt(EventBlock::count).sum();
    FirstKeys firsts = new FirstKeys(events);
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) == Fate.LANDS) {
          firsts.add(block.keyHigh(n), block.keyLow(n), block.payloadHash(n));
        }
      }
    }
    firsts.askFor(ledger);
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
    int key = firsts.find(block.keyHigh(n), block.keyLow(n));
    if (firsts.takeFirst(key)) {
      return;
    }
    if (firsts.hash(key) == block.payloadHash(n)) {
      block.duplicate(n);
    } else {
      block.conflict(n, firsts.hash(key));
    }
  }

  /**
   * The keys of a commit, in the order in which they first come, each with the payload hash that
   * lands or has landed first. A table of their numbers finds them again.
   */
  private static final class FirstKeys {

    private final int mask;
    private final int[] slots;
    private final long[] highs;
    private final long[] lows;
    private final long[] hashes;

    /** Whether the key has landed before, or its first event has been seen. */
    private final boolean[] taken;

    private final boolean[] before;
    private int count;

    FirstKeys(int events) {
      int size = Math.max(16, Integer.highestOneBit(Math.max(1, events)) * 4);
      mask = size - 1;
      slots = new int[size];
      highs = new long[events];
      lows = new long[events];
      hashes = new long[events];
      taken = new boolean[events];
      before = new boolean[events];
    }

    void add(long high, long low, long hash) {
      int slot = slot(high, low);
      if (slots[slot] == 0) {
        highs[count] = high;
        lows[count] = low;
        hashes[count] = hash;
        slots[slot] = ++count;
      }
    }

    /** The number of a key. */
    int find(long high, long low) {
      return slots[slot(high, low)] - 1;
    }

    private int slot(long high, long low) {
      int slot = (int) (low ^ (low >>> 32)) & mask;
      while (slots[slot] != 0 && !is(slots[slot] - 1, high, low)) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private boolean is(int key, long high, long low) {
      return highs[key] == high && lows[key] == low;
    }

    void askFor(Ledger ledger) {
      ledger.find(highs, lows, count, hashes, before);
      System.arraycopy(before, 0, taken, 0, count);
    }

    /** Whether the asking event is the one that lands. */
    boolean takeFirst(int key) {
      boolean first = !taken[key];
      taken[key] = true;
      return first;
    }

    long hash(int key) {
      return hashes[key];
    }

    LandedKeys landed() {
      LandedKeys landed = new LandedKeys(count);
      for (int key = 0; key < count; key++) {
        if (!before[key]) {
          landed.add(highs[key], lows[key], hashes[key]);
        }
      }
      return landed;
    }
  }
}
