package dev.wadi.intake.postgres;

import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Delivery;
import java.time.Instant;
import java.util.List;

/**
 * One change of a row, or one row of a snapshot, on its way.
 *
 * @param sentAt when its transaction was committed
 */
record ChangeDelivery(SourceRecord record, Instant sentAt) implements Delivery {

  @Override
  public String id() {
    return record.delivery();
  }

  @Override
  public List<SourceRecord> records() {
    return List.of(record);
  }
}
