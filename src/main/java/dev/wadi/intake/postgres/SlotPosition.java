package dev.wadi.intake.postgres;

import dev.wadi.ops.Backoff;
import dev.wadi.ops.SourceStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Behind which change all has landed, as the object in the bucket says it. Many threads may look;
 * of those that write, the reading one does so before it streams, when nothing that has a later
 * position can settle, and the settling one after that.
 */
final class SlotPosition {

  private static final Logger LOG = LoggerFactory.getLogger(SlotPosition.class);

  private final String source;
  private final LandedObject object;
  private final SourceStatus status;
  private final Backoff pauses;
  private volatile Landed landed;

  /**
   * @param pauses how long to wait after so many failures in a row
   */
  SlotPosition(String source, LandedObject object, SourceStatus status, Backoff pauses) {
    this.source = source;
    this.object = object;
    this.status = status;
    this.pauses = pauses;
  }

  /** What the object says; null before it was {@linkplain #found found}. */
  Landed landed() {
    return landed;
  }

  /** The object says so already. */
  void found(Landed there) {
    landed = there;
  }

  /** Moves it; durable on return. A store that doesn't answer is tried until it does. */
  void write(Landed next) throws InterruptedException {
    AtomicBoolean failed = new AtomicBoolean();
    pauses.untilItSucceeds(
        () -> {
          object.write(next);
          landed = next;
          return next;
        },
        e -> {
          failed.set(true);
          status.failed("can't write " + object + ": " + e.getMessage());
          LOG.warn("{} can't write {}, and tries again: {}", source, object, "" + e);
        });
    if (failed.get()) {
      status.succeeded();
    }
  }
}
