package dev.wadi.land;

import dev.wadi.event.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where rows go in the lake. */
final class ObjectKeys {

  private final Partitioning events;

  ObjectKeys(Partitioning events) {
    this.events = events;
  }

  /** The folder of an event. */
  String events(Event event) {
    return Tables.EVENTS + "/" + events.folder(event);
  }

  /** The folder of a row of the other tables, by the day of receipt (UTC). */
  static String received(String table, Instant receivedAt) {
    return table + "/received_date=" + LocalDate.ofInstant(receivedAt, ZoneOffset.UTC) + "/";
  }
}
