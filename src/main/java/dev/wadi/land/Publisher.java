package dev.wadi.land;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Leads one staged commit after the other through the rest of the protocol: intent, published,
 * COMMITTED, intent deleted. What {@link Landing} does for the routes by and by, it does in one
 * call. One commit at a time.
 */
public final class Publisher {

  private final LakeStore store;
  private final CommitLog log;
  private final Settlement settlement;
  private final Duration lease;
  private final Runnable mayCommit;
  private final Clock clock;
  private final Backoff backoff;
  private final int tries;

  /**
   * @param lease how long other processes leave a commit alone that has begun
   * @param mayCommit called before each marker; throws if this process may not write any more
   * @param backoff how long to wait before a call of the store is tried again
   * @param tries how often each call is tried, 1 at least
   */
  public Publisher(
      LakeStore store,
      CommitLog log,
      Settlement settlement,
      Duration lease,
      Runnable mayCommit,
      Clock clock,
      Backoff backoff,
      int tries) {
    this.store = store;
    this.log = log;
    this.settlement = settlement;
    this.lease = lease;
    this.mayCommit = mayCommit;
    this.clock = clock;
    this.backoff = backoff;
    this.tries = tries;
  }

  /**
   * Publishes a commit wholly or not at all.
   *
   * @param manifest as COMMITTED; it gets the time of its marker here
   * @param objects all files that it names, staged; they are left where they are
   * @return the marker, which stands; the intent is gone
   * @throws TransientException if the store failed, or another process gave the commit up: it is
   *     aborted and undone, and may be tried again with a new id
   * @throws IllegalStateException if a key was taken by another object: undone likewise
   * @throws SetupException if the store fails so lastingly that it isn't known whether the commit
   *     stands, or its intent can't be deleted. Nothing more may be landed by this process; the
   *     next start settles it, as after a kill
   * @throws InterruptedException when the process stops; undecided likewise
   */
  public Manifest publish(Manifest manifest, List<StagedObject> objects)
      throws InterruptedException {
    List<String> keys = objects.stream().map(StagedObject::key).toList();
    Manifest marker;
    try {
      marker = lead(manifest, keys, objects);
    } catch (RuntimeException | Error e) {
      marker = settle(manifest.commit(), keys, e);
      if (marker.state() == Manifest.State.ABORTED) {
        throw e;
      }
      // the answer to our own marker was lost, and it stands
    }
    if (marker.state() == Manifest.State.ABORTED) {
      TransientException givenUp =
          new TransientException(
              "commit " + manifest.commit() + " was given up by " + marker.writer(), null);
      settle(manifest.commit(), keys, givenUp);
      throw givenUp;
    }
    Failpoint.reach("committed");
    close(manifest.commit());
    Failpoint.reach("intent-deleted");
    return marker;
  }

  private Manifest lead(Manifest manifest, List<String> keys, List<StagedObject> objects)
      throws InterruptedException {
    Intent intent =
        Intent.of(manifest.commit(), manifest.writer(), clock.instant().plus(lease), keys);
    retried(
        () -> {
          log.open(intent);
          return null;
        });
    Failpoint.reach("intent");
    retried(
        () -> {
          store.publish(objects);
          return null;
        });
    Failpoint.reach("published");
    return retried(
        () -> {
          mayCommit.run();
          return log.settle(manifest.committedAt(clock.instant()));
        });
  }

  private Manifest settle(String commit, List<String> keys, Throwable cause)
      throws InterruptedException {
    try {
      return retried(() -> settlement.settle(commit, keys));
    } catch (TransientException e) {
      e.addSuppressed(cause);
      throw undecided("it isn't known yet whether commit " + commit + " stands", e);
    }
  }

  private void close(String commit) throws InterruptedException {
    try {
      retried(
          () -> {
            log.close(commit);
            return null;
          });
    } catch (TransientException e) {
      throw undecided("commit " + commit + " stands, and its intent is still open", e);
    }
  }

  private static SetupException undecided(String what, TransientException cause) {
    return new SetupException(
        what + " (" + cause.getMessage() + "): mend the store and start again, which settles it",
        cause);
  }

  private <T> T retried(Supplier<T> call) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return call.get();
      } catch (TransientException e) {
        if (failures >= tries) {
          throw e;
        }
        backoff.pause(failures);
      }
    }
  }
}
