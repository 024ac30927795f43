package dev.wadi.land;

import dev.wadi.event.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/** Where rows go in the lake. */
final class ObjectKeys {

  private final Partitioning events;
  private final String duplicates;

  ObjectKeys(FileLayout layout) {
    this.events = layout.partitioning();
    this.duplicates = layout.duplicates();
  }

  /** The folder of an event. */
  String events(Event event) {
    return Tables.EVENTS + "/" + events.folder(event);
  }

  /**
   * The folder of an event that is no object.
   *
   * @param text as {@link Partitioning#folder} asks for it
   */
  String events(UnaryOperator<String> text, Instant time) {
    return Tables.EVENTS + "/" + events.folder(text, time);
  }

  /** The folder of a row of the other tables, by the day of receipt (UTC). */
  String received(String table, Instant receivedAt) {
    String folder = table.equals(Tables.DUPLICATES) ? duplicates : table;
    return folder + "/received_date=" + LocalDate.ofInstant(receivedAt, ZoneOffset.UTC) + "/";
  }

  /** The folder of a key, with the slash at its end. */
  static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }
}
