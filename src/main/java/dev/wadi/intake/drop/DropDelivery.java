package dev.wadi.intake.drop;

import dev.wadi.event.Isolation;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Delivery;
import java.time.Instant;
import java.util.List;

/**
 * A part of an object, or what is wrong with a notification.
 *
 * @param id of the last part of an object the object's own, so that who knows it as committed knows
 *     that the object needs nothing more
 * @param errand what it belongs to
 * @param records at least one
 * @param isAlone whether nothing else may be in its batch, since it may end the process
 * @param isolation why it becomes a dead letter unread; null if it doesn't
 */
record DropDelivery(
    String id, Errand errand, List<SourceRecord> records, boolean isAlone, Isolation isolation)
    implements Delivery {

  /** The size of parts is a setting, and the last one has the object's id whatever its size. */
  @Override
  public boolean isCutOut() {
    return errand.object() != null;
  }

  @Override
  public Instant sentAt() {
    return errand.sentAt();
  }
}
