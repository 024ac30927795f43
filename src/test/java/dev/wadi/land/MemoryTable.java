package dev.wadi.land;

import dev.wadi.event.EventKey;
import dev.wadi.event.Fates;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.TransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A table of claims in memory, which several landings of a test share. */
final class MemoryTable {

  private record Item(String commit, long payloadHash, String position, Instant leaseEnd) {}

  private final Map<EventKey, Item> items = new HashMap<>();
  private final Clock clock;
  private final Duration lease;
  private final BooleanSupplier fails;

  /**
   * @param fails asked before each request whether it fails; half of those that fail have done
   *     their work
   */
  MemoryTable(Clock clock, Duration lease, BooleanSupplier fails) {
    this.clock = clock;
    this.lease = lease;
    this.fails = fails;
  }

  /** The claims as one process sees them. */
  SharedClaims of(Fates fates) {
    return new SharedClaims() {
      @Override
      public List<Answer> claim(String commit, List<Wanted> wanted) {
        List<Answer> answers = new ArrayList<>();
        for (Wanted one : wanted) {
          answers.add(claim(commit, one));
        }
        return answers;
      }

      private Answer claim(String commit, Wanted wanted) {
        boolean failing = fails.getAsBoolean();
        if (failing && fails.getAsBoolean()) {
          throw new TransientException("throttled", null);
        }
        Item mine =
            new Item(commit, wanted.payloadHash(), wanted.position(), clock.instant().plus(lease));
        Item there = items.putIfAbsent(wanted.key(), mine);
        if (failing) {
          throw new TransientException("the answer was lost", null);
        }
        return there == null || there.commit().equals(commit)
            ? new Held()
            : judged(mine, there, wanted);
      }

      private Answer judged(Item mine, Item there, Wanted wanted) {
        Optional<Fates.Fate> fate = fates.of(there.commit());
        if (fate.isEmpty() && clock.instant().isBefore(there.leaseEnd())) {
          return new Busy(there.commit());
        }
        if (fate.orElseGet(() -> fates.settle(there.commit())) == Fates.Fate.STANDS) {
          return new Taken(there.payloadHash(), there.position());
        }
        items.put(wanted.key(), mine);
        return new Held();
      }

      @Override
      public void release(String commit, Collection<EventKey> keys) {
        for (EventKey key : keys) {
          if (fails.getAsBoolean()) {
            throw new TransientException("throttled", null);
          }
          items.computeIfPresent(key, (k, item) -> item.commit().equals(commit) ? null : item);
        }
      }
    };
  }
}
