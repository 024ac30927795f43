package dev.wadi.intake.drop;

import dev.wadi.event.Flaw;
import dev.wadi.event.SourceRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes deliveries of what was read. Thread-safe. */
final class DeliveryMaker {

  /** Ends the id of the last part of an object which must stay, since not all of it has landed. */
  private static final String LEFT = "#left";

  private final String source;
  private final int isolateReceives;
  private final Clock clock;

  /**
   * @param isolateReceives from this delivery of a notification on what it names travels alone; 0:
   *     never
   */
  DeliveryMaker(String source, int isolateReceives, Clock clock) {
    this.source = source;
    this.isolateReceives = isolateReceives;
    this.clock = clock;
  }

  /**
   * The id of an object's last delivery.
   *
   * @param left whether the object must stay
   */
  static String sealOf(ObjectVersion object, boolean left) {
    return left ? object.id() + LEFT : object.id();
  }

  /** A part of an object that isn't its last. */
  DropDelivery of(Errand errand, ObjectPart part) {
    return of(errand, errand.object().id() + "#" + part.first() + "-" + part.to(), part);
  }

  /** The last part of an object. */
  DropDelivery seal(Errand errand, ObjectPart part) {
    return of(errand, sealOf(errand.object(), !errand.hasLandedObject()), part);
  }

  /** The notice itself, as one record: nothing that it names can be read. */
  DropDelivery ofNotice(Errand errand, Flaw flaw) {
    String position = errand.position();
    SourceRecord record =
        new SourceRecord(
            source, position, position, errand.notice(), clock.instant(), errand.attempts(), flaw);
    return new DropDelivery(position, errand, List.of(record), isAlone(errand), errand.isolation());
  }

  private DropDelivery of(Errand errand, String id, ObjectPart part) {
    Instant now = clock.instant();
    String prefix = errand.object().id() + "#";
    List<SourceRecord> records = new ArrayList<>(part.records().size());
    for (ObjectRecord record : part.records()) {
      records.add(
          new SourceRecord(
              source,
              prefix + record.number(),
              id,
              record.bytes(),
              now,
              errand.attempts(),
              record.flaw()));
    }
    return new DropDelivery(id, errand, records, isAlone(errand), null);
  }

  private boolean isAlone(Errand errand) {
    return errand.isolation() == null
        && isolateReceives > 0
        && errand.attempts() >= isolateReceives;
  }
}
