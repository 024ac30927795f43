package dev.wadi.deduplicate.dynamodb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wadi.event.Fates;
import java.util.Optional;

/**
 * Remembers the fates of commits that are settled, since these never change; asks for the others
 * each time.
 */
final class KnownFates implements Fates {

  /** About 100 bytes each. */
  private static final int MOST = 100_000;

  private final Fates lake;
  private final Cache<String, Fate> known = Caffeine.newBuilder().maximumSize(MOST).build();

  KnownFates(Fates lake) {
    this.lake = lake;
  }

  @Override
  public Optional<Fate> of(String commit) {
    Fate fate = known.getIfPresent(commit);
    if (fate != null) {
      return Optional.of(fate);
    }
    Optional<Fate> found = lake.of(commit);
    found.ifPresent(settled -> known.put(commit, settled));
    return found;
  }

  @Override
  public Fate settle(String commit) {
    Fate fate = lake.settle(commit);
    known.put(commit, fate);
    return fate;
  }
}
