package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys of users' own routes in one process. Confirmed keys survive a restart. They can't be had
 * back from the lake, so they are in a ledger of their own.
 */
public final class LedgerRouteKeys implements RouteKeys {

  private static final String KEY_SPACE = "route";
  private static final long CONFIRMED = 1;
  private static final long REMOVED = 0;

  private final Ledger ledger;
  private final ConcurrentMap<EventKey, Object> owners = new ConcurrentHashMap<>();

  /**
   * @param ledger used by this alone, and closed with it
   */
  public LedgerRouteKeys(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean add(String key, Object owner) {
    boolean[] added = {false};
    owners.computeIfAbsent(
        of(key),
        hash -> {
          added[0] = !isConfirmed(hash);
          return added[0] ? owner : null;
        });
    return added[0];
  }

  @Override
  public boolean contains(String key) {
    EventKey hash = of(key);
    return owners.containsKey(hash) || isConfirmed(hash);
  }

  @Override
  public boolean confirm(String key, Object owner) {
    return owner.equals(owners.get(of(key))) && confirm(key);
  }

  @Override
  public boolean remove(String key, Object owner) {
    return owner.equals(owners.get(of(key))) && remove(key);
  }

  @Override
  public boolean confirm(String key) {
    EventKey hash = of(key);
    boolean isNew = note(hash, CONFIRMED);
    owners.remove(hash);
    return isNew;
  }

  @Override
  public boolean remove(String key) {
    EventKey hash = of(key);
    boolean wasConfirmed = note(hash, REMOVED);
    return owners.remove(hash) != null || wasConfirmed;
  }

  @Override
  public void clear() {
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
