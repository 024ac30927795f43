package dev.wadi.intake.drop;

import dev.wadi.event.SetupException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What is done with an object once a commit accounts for all of it. It can be done again, and what
 * it can't do it leaves: the events have landed. Thread-safe.
 */
final class AfterLanding {

  /** What may be done. */
  enum Action {
    LEAVE,
    TAG,
    MOVE,
    DELETE;

    /**
     * The action of a name.
     *
     * @throws SetupException if there is none
     */
    static Action of(String name) {
      try {
        return valueOf(name.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new SetupException(
            "after can't be " + name + ": choose one of leave, tag, move, delete", e);
      }
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(AfterLanding.class);
  private static final int ATTEMPTS = 4;
  private static final String TAG = "wadi";
  private static final String TAGGED = "landed";

  private final Action action;
  private final String moveTo;
  private final ObjectStore store;
  private final Metrics metrics;
  private final Backoff pauses;
  private final ExecutorService threads;

  /**
   * @param moveTo what stands before the keys of moved objects
   * @param threads where several objects are done with at a time
   */
  AfterLanding(
      Action action,
      String moveTo,
      ObjectStore store,
      Metrics metrics,
      Backoff pauses,
      ExecutorService threads) {
    this.action = action;
    this.moveTo = moveTo;
    this.store = store;
    this.metrics = metrics;
    this.pauses = pauses;
    this.threads = threads;
  }

  /** Whether it is something that was moved, of which the store tells too. */
  boolean hasMoved(ObjectVersion object) {
    return action == Action.MOVE && object.key().startsWith(moveTo);
  }

  /** Does it, and returns when it is done. What fails is tried again, then logged and counted. */
  void landed(List<ObjectVersion> objects) {
    if (action == Action.LEAVE || objects.isEmpty()) {
      return;
    }
    try {
      threads.invokeAll(
          objects.stream().map(object -> Executors.callable(() -> landed(object))).toList());
    } catch (InterruptedException e) {
      // what is not done is done again when its notification comes again
      Thread.currentThread().interrupt();
    }
  }

  private void landed(ObjectVersion object) {
    for (int attempt = 1; ; attempt++) {
      try {
        act(object);
        return;
      } catch (UnreadableObjectException e) {
        LOG.info("nothing is left to do after landing: {}", e.getMessage());
        return;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS) {
          giveUp(object, e);
          return;
        }
        try {
          pauses.pause(attempt);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          giveUp(object, e);
          return;
        }
      }
    }
  }

  private void act(ObjectVersion object) {
    switch (action) {
      case LEAVE -> {}
      case TAG -> {
        requireSame(object);
        store.tag(object, TAG, TAGGED);
      }
      case MOVE -> {
        HeadObjectResponse head = requireSame(object);
        if (head.contentLength() > ObjectStore.MOST_COPIED) {
          throw new SetupException("S3 copies at most 5 GiB at once");
        }
        store.copy(object, head.eTag(), moveTo + object.key());
        store.delete(object, head.eTag());
      }
      case DELETE -> store.delete(object, requireSame(object).eTag());
    }
  }

  /** What has replaced the object has not landed, and must not go in its place. */
  private HeadObjectResponse requireSame(ObjectVersion object) {
    HeadObjectResponse head = store.head(object);
    if (object.versionId() == null && !isSame(object, head)) {
      throw new UnreadableObjectException(
          UnreadableObjectException.REPLACED, object + " was replaced after it had landed", null);
    }
    return head;
  }

  private static boolean isSame(ObjectVersion object, HeadObjectResponse head) {
    if (object.etag() != null) {
      return head.eTag() != null && head.eTag().replace("\"", "").equals(object.etag());
    }
    // a store without ETags tells of a file by its size and time
    return head.contentLength() == object.size()
        && object.modified() != null
        && head.lastModified().equals(object.modified().truncatedTo(ChronoUnit.SECONDS));
  }

  private void giveUp(ObjectVersion object, RuntimeException why) {
    String name = action.name().toLowerCase(Locale.ROOT);
    metrics.count("wadi.drops.unfinished", "action", name, 1);
    LOG.warn(
        "{} has landed and stays as it is, since {} failed: {}", object, name, why.getMessage());
  }
}
