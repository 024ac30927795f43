package dev.wadi.deadletter;

import dev.wadi.event.Rejected;
import dev.wadi.event.Replay;
import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.Objects;

/**
 * A record that is no event, with all that a person needs to mend it and to send it again.
 *
 * @param id tells it from every other; the same record rejected again has the same id, also when it
 *     was replayed meanwhile
 * @param bytes the original bytes; null where an object holds them
 * @param bytesObject the key of the object that holds the bytes; null where they are here
 * @param reason a code to count and select by
 * @param message what a person needs to know, in one line
 * @param stage where it failed
 * @param rule the rule it broke, or null
 * @param source the name of the source that delivered it
 * @param position where it stood in its source
 * @param shape the shape it was read by
 * @param attempts how often the source had delivered it
 * @param firstSeen when it was received
 */
public record DeadLetter(
    String id,
    byte[] bytes,
    String bytesObject,
    String reason,
    String message,
    String stage,
    String rule,
    String source,
    String position,
    String shape,
    int attempts,
    Instant firstSeen) {

  /** The key space of the keys of their rows. */
  static final String KEY_SPACE = "dead_letter";

  /** Longer texts would crowd the original bytes out of the queue's message. */
  private static final int LONGEST_TEXT = 1000;

  public DeadLetter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(firstSeen, "firstSeen");
    if ((bytes == null) == (bytesObject == null)) {
      throw new IllegalArgumentException("either the bytes or the object that holds them: " + id);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts of " + id + " is " + attempts);
    }
  }

  /** The dead letter of a rejected record. */
  static DeadLetter of(Rejected rejected) {
    SourceRecord record = rejected.record();
    return new DeadLetter(
        Replay.idOf(record),
        record.bytes(),
        null,
        bounded(rejected.reason()),
        bounded(rejected.message()),
        bounded(rejected.stage()),
        rejected.rule() == null ? null : bounded(rejected.rule()),
        record.source(),
        record.position(),
        rejected.shape(),
        record.attempts(),
        record.receivedAt());
  }

  /**
   * The dead letter of a message in the dead-letter queue that Wadi did not write: another put it
   * there, or the queue itself after too many deliveries.
   */
  static DeadLetter foreign(SourceRecord message) {
    return new DeadLetter(
        Replay.idOf(message),
        message.bytes(),
        null,
        "redriven",
        "the message came into the dead-letter queue from elsewhere; its bytes are as they were",
        "dead-letter-queue",
        null,
        message.source(),
        message.position(),
        "unknown",
        message.attempts(),
        message.receivedAt());
  }

  /** The same with its bytes in an object. */
  DeadLetter withBytesIn(String object) {
    return new DeadLetter(
        id, null, object, reason, message, stage, rule, source, position, shape, attempts,
        firstSeen);
  }

  /**
   * The key of the object that holds the bytes of a dead letter which are too many for a message.
   */
  static String objectOf(String id) {
    return "dead_letters_bytes/" + id + ".bin";
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = LONGEST_TEXT - 3;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + "...";
  }
}
