package dev.wadi.deduplicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.EventKey;
import dev.wadi.event.SourceRecord;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Claims of one process. What is in flight is in a map that is never evicted; its size is bounded
 * by the batches that the sources may have out. What has landed is in the ledger, with a bounded
 * cache in front of it. In-flight claims end with the process, and so do the batches that held
 * them.
 */
public final class CaffeineClaims implements Claims {

  private static final Answer FRESH = new Fresh();
  private static final Answer LANDED_SAME = new LandedSame();

  private final Ledger ledger;
  private final ConcurrentMap<EventKey, InFlight> inFlight = new ConcurrentHashMap<>();
  private final Cache<EventKey, Long> landed;
  private final boolean caches;

  /**
   * @param ledger up to date with the lake; not closed by this
   * @param cachedKeys how many landed keys to keep on the heap, at about 120 bytes each; 0: none
   */
  public CaffeineClaims(Ledger ledger, long cachedKeys) {
    this.ledger = ledger;
    this.caches = cachedKeys > 0;
    this.landed = Caffeine.newBuilder().maximumSize(cachedKeys).build();
  }

  /** Claims that know what is in flight in this process, and nothing of what has landed. */
  public static CaffeineClaims ofFlight() {
    return new CaffeineClaims(new NoLedger(), 0);
  }

  // The ledger is asked while the key's entry in the map is locked. A confirmation appends to the
  // ledger before it takes the claim out of the map, which needs the same lock: so whoever finds no
  // claim finds the key in the ledger, and nobody ever sees a claim that is then taken back.
  @Override
  public Answer claim(Batch batch, SourceRecord record, EventKey key, long payloadHash) {
    InFlight holder = inFlight.get(key);
    if (holder != null) {
      return answer(holder, batch, record);
    }
    Long known = landed.getIfPresent(key);
    if (known == null) {
      InFlight mine = new InFlight(batch, record, payloadHash);
      holder = inFlight.computeIfAbsent(key, absent -> hasLanded(absent) ? null : mine);
      if (holder != null) {
        return holder == mine ? FRESH : answer(holder, batch, record);
      }
      known = landedHash(key).orElseThrow();
    }
    return known == payloadHash ? LANDED_SAME : new LandedOther(known);
  }

  @Override
  public void release(Batch batch, SourceRecord record, EventKey key) {
    inFlight.computeIfPresent(key, (same, holder) -> holds(holder, batch, record) ? null : holder);
  }

  @Override
  public void releaseAll(Batch batch) {
    inFlight.values().removeIf(holder -> holder.owner() == batch);
  }

  @Override
  public void confirm(String commit, List<LandedKey> landedKeys) {
    ledger.append(commit, landedKeys);
    landedKeys.forEach(one -> remember(one.key(), one.payloadHash()));
    for (LandedKey one : landedKeys) {
      inFlight.remove(one.key());
    }
  }

  /** How many claims are held now. */
  public int held() {
    return inFlight.size();
  }

  private boolean hasLanded(EventKey key) {
    OptionalLong found = ledger.find(key);
    found.ifPresent(hash -> remember(key, hash));
    return found.isPresent();
  }

  // a cache of no size would still answer until it has evicted what was put
  private void remember(EventKey key, long payloadHash) {
    if (caches) {
      landed.put(key, payloadHash);
    }
  }

  private OptionalLong landedHash(EventKey key) {
    Long cached = landed.getIfPresent(key);
    return cached != null ? OptionalLong.of(cached) : ledger.find(key);
  }

  private static Answer answer(InFlight holder, Batch batch, SourceRecord record) {
    return holds(holder, batch, record) ? FRESH : holder;
  }

  private static boolean holds(InFlight holder, Batch batch, SourceRecord record) {
    return holder.owner() == batch && holder.ownerRecord().position().equals(record.position());
  }
}
