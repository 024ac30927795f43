package dev.wadi.intake.http;

import dev.wadi.event.Isolation;

/**
 * One thing of a request, looked at.
 *
 * @param entry what is taken in
 * @param field the field that is wrong; null if it is none
 * @param wrong what is wrong with it; null if it is an event
 */
record Read(Entry entry, String field, String wrong) {

  /** The reason that a dead letter of this has. */
  static final String REASON = "invalid_cloudevent";

  static Read event(byte[] bytes) {
    return new Read(Entry.event(bytes), null, null);
  }

  /** It is no event, which whoever decodes it finds out as well. */
  static Read noEvent(byte[] bytes, String wrong) {
    return new Read(Entry.event(bytes), null, wrong);
  }

  /** It is no CloudEvent, which nobody could tell later. */
  static Read noCloudEvent(byte[] bytes, String field, String wrong) {
    return new Read(new Entry(bytes, new Isolation(REASON, wrong)), field, wrong);
  }

  boolean isEvent() {
    return wrong == null;
  }
}
