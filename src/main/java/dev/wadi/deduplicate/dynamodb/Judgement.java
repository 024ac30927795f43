package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.Fates.Fate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of keys that others have.
 *
 * @param fates of the commits in whose place the claims are
 */
record Judgement(KnownFates fates, Workers workers, Clock clock) {

  /** What a claim that was found means to a commit that wants the key. */
  enum Verdict {
    /** It is the commit's own, from a try whose answer was lost. */
    OWN,
    /** The event has landed. */
    LANDED,
    /** Its commit is not settled. */
    BUSY,
    /** It may be taken over. */
    FREE
  }

  /**
   * Looks up every commit once, and settles those whose leases have run out.
   *
   * @param commit who asks
   * @return by commit
   */
  Map<String, Verdict> of(String commit, Collection<Claim> found) {
    Map<String, Long> leaseEnds = new HashMap<>();
    Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    for (Claim claim : found) {
      if (!claim.isNobodys() && !claim.commit().equals(commit)) {
        // a later claim tells that the commit was at work later
        leaseEnds.merge(claim.commit(), claim.leaseEnd(), Math::max);
      }
    }
    workers.forEach(
        leaseEnds.entrySet(),
        other -> verdicts.put(other.getKey(), verdict(other.getKey(), other.getValue())));
    return verdicts;
  }

  /** A moment at which claims are read. */
  long moment() {
    return fates.moment();
  }

  /**
   * Whether a claim that was read at a moment is one by which its commit stands. A commit releases
   * what it doesn't land before its marker: so only what is read when it is known to stand tells
   * what it has landed.
   */
  boolean isFinal(Claim claim, long read) {
    return fates.wasKnown(claim.commit(), read);
  }

  /** The verdict on a claim, by the verdicts on other commits. */
  static Verdict on(Claim claim, String commit, Map<String, Verdict> others) {
    if (commit.equals(claim.commit())) {
      return Verdict.OWN;
    }
    if (Claim.releasedBy(commit).equals(claim.commit())) {
      // it released the key for good: a late request of its first claim could not be told from one
      // of its second
      return Verdict.BUSY;
    }
    return claim.isNobodys() ? Verdict.FREE : others.get(claim.commit());
  }

  private Verdict verdict(String other, long leaseEnd) {
    Optional<Fate> fate = fates.of(other);
    if (fate.isEmpty() && leaseEnd > clock.millis()) {
      return Verdict.BUSY;
    }
    return switch (fate.orElseGet(() -> fates.settle(other))) {
      case STANDS -> Verdict.LANDED;
      case GIVEN_UP -> Verdict.FREE;
    };
  }
}
