package dev.wadi.deduplicate;

import dev.wadi.event.EventBlock;
import dev.wadi.event.EventBlock.Fate;
import dev.wadi.event.EventKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Decides for all events of a commit at once which of them land: the first of each key, unless the
 * key has landed before. Nobody else may land anything meanwhile, so there is nothing to claim.
 * Commits are decided by one thread; another may confirm them, in their order.
 */
public final class BulkDecision {

  private final Ledger ledger;

  /** The commits that are decided and that the ledger does not have yet, the latest last. */
  private final List<Decided> pending = new CopyOnWriteArrayList<>();

  public BulkDecision(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * What was decided for one commit. Until it is confirmed, what it lands counts as landed for
   * later commits; so these may only stand after it.
   */
  public final class Decided {

    private final FirstKeys firsts;
    private final Set<EventKey> letters = new HashSet<>();

    private Decided(FirstKeys firsts) {
      this.firsts = firsts;
    }

    /**
     * Decides whether a dead letter lands.
     *
     * @return whether no such dead letter has landed before
     */
    public boolean takeLetter(EventKey key) {
      boolean known =
          letters.contains(key)
              || pending.stream().anyMatch(before -> before.letters.contains(key))
              || ledger.find(key).isPresent();
      return !known && letters.add(key);
    }

    /** Makes the ledger know what the commit, which stands, has landed. Durable on return. */
    public void confirm(String commit) {
      LandedKeys landed = firsts.landed(letters);
      ledger.append(commit, landed.highs(), landed.lows(), landed.hashes(), landed.count());
      pending.remove(this);
    }
  }

  /**
   * Decides the fates of a commit's events.
   *
   * @param blocks in the order in which their records count
   */
  public Decided decide(List<EventBlock> blocks) {
    int events = blocks.stream().mapToInt(EventBlock::count).sum();
    FirstKeys firsts = new FirstKeys(events);
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) == Fate.LANDS) {
          firsts.add(block.keyHigh(n), block.keyLow(n), block.payloadHash(n));
        }
      }
    }
    // taken before the ledger is asked: what is confirmed meanwhile is found by both
    List<Decided> before = List.copyOf(pending);
    firsts.askFor(ledger);
    before.forEach(decided -> firsts.askFor(decided.firsts));
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        if (block.fate(n) == Fate.LANDS) {
          decide(block, n, firsts);
        }
      }
    }
    Decided decided = new Decided(firsts);
    pending.add(decided);
    return decided;
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

    /** The number of a key; negative if it isn't there. */
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

    /** Asks for what an earlier commit lands. */
    void askFor(FirstKeys earlier) {
      for (int key = 0; key < count; key++) {
        int known = before[key] ? -1 : earlier.find(highs[key], lows[key]);
        if (known >= 0) {
          hashes[key] = earlier.hashes[known];
          before[key] = true;
          taken[key] = true;
        }
      }
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

    LandedKeys landed(Set<EventKey> letters) {
      LandedKeys landed = new LandedKeys(count + letters.size());
      for (int key = 0; key < count; key++) {
        if (!before[key]) {
          landed.add(highs[key], lows[key], hashes[key]);
        }
      }
      letters.forEach(key -> landed.add(key.high(), key.low(), 0));
      return landed;
    }
  }
}
