package dev.wadi.intake.drop;

import dev.wadi.event.Deliveries;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.Outage;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.SourceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a notice: reads the object that it names and lets its parts set out, but for those that
 * earlier commits account for. What an outage stops is tried again, for as long as it takes.
 * Thread-safe.
 */
final class Fetcher {

  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** What fails by itself so often is shown again in the queue, which counts how often it comes. */
  private static final int MOST_FAILURES = 3;

  private final DropSettings settings;
  private final ObjectStore store;
  private final Deliveries deliveries;
  private final DeliveryMaker maker;
  private final Endings endings;
  private final Dispatch<DropDelivery> dispatch;
  private final DropCounts counts;
  private final SourceStatus status;
  private final Backoff pauses;

  /**
   * @param pauses how long to wait after so many failures in a row
   */
  Fetcher(
      DropSettings settings,
      ObjectStore store,
      Deliveries deliveries,
      DeliveryMaker maker,
      Endings endings,
      Dispatch<DropDelivery> dispatch,
      DropCounts counts,
      SourceStatus status,
      Backoff pauses) {
    this.settings = settings;
    this.store = store;
    this.deliveries = deliveries;
    this.maker = maker;
    this.endings = endings;
    this.dispatch = dispatch;
    this.counts = counts;
    this.status = status;
    this.pauses = pauses;
  }

  /** Follows a notice, until nothing is left that could set out by itself. */
  void follow(Errand errand) {
    int ownFailures = 0;
    for (int failures = 1; dispatch.isOpen() && ownFailures < MOST_FAILURES; failures++) {
      try {
        attempt(errand);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        // an error too, such as one for want of memory: the messages must not be held for ever
        ownFailures += Outage.isCauseOf(e) ? 0 : 1;
        report(errand, e);
      }
      if (Thread.currentThread().isInterrupted() || !pause(failures)) {
        break;
      }
    }
    endings.goOn(errand, errand.abandon());
  }

  private void attempt(Errand errand) throws InterruptedException {
    if (isKnown(errand)) {
      dispatch.redelivered(1);
      counts.known();
      endings.goOn(errand, errand.readOut(null));
      return;
    }
    if (errand.object() == null) {
      endings.goOn(errand, errand.readOut(maker.ofNotice(errand, errand.flaw())));
      return;
    }
    try (ObjectReader reader =
        new ObjectReader(
            errand.object(),
            store,
            pauses,
            settings.maxRecordBytes(),
            settings.partEvents(),
            errand.notice())) {
      read(errand, reader);
    } catch (UnreadableObjectException e) {
      LOG.warn("{}", e.getMessage());
      counts.unreadable();
      errand.leaveObject();
      endings.goOn(errand, errand.readOut(maker.ofNotice(errand, e.flaw())));
    }
  }

  private void read(Errand errand, ObjectReader reader) throws InterruptedException {
    DropDelivery seal = null;
    for (ObjectPart part = reader.next(); part != null; part = reader.next()) {
      if (part.hasFlaw()) {
        errand.leaveObject();
      }
      if (part.last()) {
        seal = maker.seal(errand, part);
      } else if (!setOut(errand, part)) {
        endings.goOn(errand, errand.abandon());
        return;
      }
    }
    if (seal == null) {
      LOG.info("{} has no records", errand.object());
      counts.empty();
      errand.leaveObject();
    } else {
      counts.read();
    }
    endings.goOn(errand, errand.readOut(seal));
  }

  /** Lets a part set out that has not yet; false if the source is paused or has ended. */
  private boolean setOut(Errand errand, ObjectPart part) throws InterruptedException {
    if (part.to() > errand.sentTo()) {
      DropDelivery delivery = maker.of(errand, part);
      if (deliveries.isCommitted(settings.source(), delivery.id())) {
        dispatch.redelivered(1);
      } else {
        errand.setsOut();
        if (!endings.setOut(delivery)) {
          return false;
        }
      }
      errand.sentTo(part.to());
    }
    return true;
  }

  /** Whether earlier commits account for all of it. */
  private boolean isKnown(Errand errand) {
    ObjectVersion object = errand.object();
    if (object != null && isCommitted(DeliveryMaker.sealOf(object, false))) {
      return true;
    }
    if (isCommitted(errand.position())
        || object != null && isCommitted(DeliveryMaker.sealOf(object, true))) {
      errand.leaveObject();
      return true;
    }
    return false;
  }

  private boolean isCommitted(String id) {
    return deliveries.isCommitted(settings.source(), id);
  }

  private void report(Errand errand, Throwable failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    status.heldBack(why);
    if (Outage.isCauseOf(failure)) {
      LOG.warn("{} can't be read now and is tried again: {}", errand.id(), why);
    } else {
      LOG.error("{} can't be read", errand.id(), failure);
    }
  }

  private boolean pause(int failures) {
    try {
      pauses.pause(failures);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
