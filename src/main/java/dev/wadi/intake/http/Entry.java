package dev.wadi.intake.http;

import dev.wadi.event.Isolation;
import java.util.Objects;

/**
 * One thing to be taken in: an event, or what was sent as one among others and can't be one.
 *
 * @param bytes the event as it goes on; never changed after construction, so they are not copied
 * @param isolation why it becomes a dead letter unread; null for an event
 */
public record Entry(byte[] bytes, Isolation isolation) {

  public Entry {
    Objects.requireNonNull(bytes, "bytes");
  }

  /** An event. */
  static Entry event(byte[] bytes) {
    return new Entry(bytes, null);
  }
}
