package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys of users' own routes: added by an owner, then confirmed for good or removed. Confirmed
 * keys survive a restart. They have nothing to do with events and can't be had back from the lake,
 * so they are in a ledger of their own. Thread-safe.
 */
public final class RouteKeys implements AutoCloseable {

  private static final String KEY_SPACE = "route";
  private static final long CONFIRMED = 1;
  private static final long REMOVED = 0;

  private final Ledger ledger;
  private final ConcurrentMap<EventKey, Object> owners = new ConcurrentHashMap<>();

  /**
   * @param ledger used by this alone, and closed with it
   */
  public RouteKeys(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Takes a key; false if somebody has it already, or it is confirmed. */
  boolean add(String key, Object owner) {
    boolean[] added = {false};
    owners.computeIfAbsent(
        of(key),
        hash -> {
          added[0] = !isConfirmed(hash);
          return added[0] ? owner : null;
        });
    return added[0];
  }

  boolean contains(String key) {
    EventKey hash = of(key);
    return owners.containsKey(hash) || isConfirmed(hash);
  }

  boolean isOwnedBy(String key, Object owner) {
    return owner.equals(owners.get(of(key)));
  }

  /** Keeps a key for good, whoever has it; false if it was confirmed before. */
  boolean confirm(String key) {
    EventKey hash = of(key);
    boolean isNew = note(hash, CONFIRMED);
    owners.remove(hash);
    return isNew;
  }

  /** Forgets a key, whoever has it; false if nobody had. */
  boolean remove(String key) {
    EventKey hash = of(key);
    boolean wasConfirmed = note(hash, REMOVED);
    return owners.remove(hash) != null || wasConfirmed;
  }

  void clear() {
    ledger.clear();
    owners.clear();
  }

  @Override
  public void close() {
    ledger.close();
  }

  private boolean isConfirmed(EventKey hash) {
    return ledger.find(hash).orElse(REMOVED) == CONFIRMED;
  }

  // the number of the append stands for the commit that other ledgers have
  private synchronized boolean note(EventKey hash, long state) {
    if (isConfirmed(hash) == (state == CONFIRMED)) {
      return false;
    }
    String last = ledger.lastCommit();
    long next = last == null ? 1 : Long.parseLong(last) + 1;
    ledger.append(String.format("%026d", next), List.of(new LandedKey(hash, state)));
    return true;
  }

  private static EventKey of(String key) {
    return EventKey.of(KEY_SPACE, key);
  }
}
