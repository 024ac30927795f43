package dev.wadi.deduplicate.dynamodb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wadi.event.Fates;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers the fates of commits that are settled, since these never change; asks for the others
 * each time.
 */
final class KnownFates implements Fates {

  /** About 100 bytes each. */
  private static final int MOST = 100_000;

  private final Fates lake;
  private final AtomicLong moments = new AtomicLong();
  private final Cache<String, Known> known = Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * @param since the last moment before it was learnt
   */
  private record Known(Fate fate, long since) {}

  KnownFates(Fates lake) {
    this.lake = lake;
  }

  @Override
  public Optional<Fate> of(String commit) {
    Known settled = known.getIfPresent(commit);
    if (settled != null) {
      return Optional.of(settled.fate());
    }
    Optional<Fate> found = lake.of(commit);
    found.ifPresent(fate -> learn(commit, fate));
    return found;
  }

  @Override
  public Fate settle(String commit) {
    Fate fate = lake.settle(commit);
    learn(commit, fate);
    return fate;
  }

  /** A moment that {@link #wasKnown} can be asked about. */
  long moment() {
    return moments.incrementAndGet();
  }

  /** Whether it was known before a moment that a commit is settled. */
  boolean wasKnown(String commit, long moment) {
    Known settled = known.getIfPresent(commit);
    return settled != null && settled.since() < moment;
  }

  private void learn(String commit, Fate fate) {
    known.asMap().putIfAbsent(commit, new Known(fate, moments.get()));
  }
}
