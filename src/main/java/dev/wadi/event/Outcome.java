package dev.wadi.event;

import java.util.Map;
import java.util.Objects;

/**
 * What became of one record of a batch. All but {@link Candidate} are what a source may acknowledge
 * for, once the commit that they belong to stands.
 */
public sealed interface Outcome {

  /**
   * An event with its columns, which lands unless a copy of it was first. Whether it is landed, a
   * duplicate or a conflict is decided when its commit is cut.
   *
   * @param table the table it would land in, {@code events} or {@code dead_letters}
   * @param event without its document
   * @param columns the flattened payload by column name; values are String, Long, Double, Boolean
   *     or Instant, never null
   */
  record Candidate(String table, Event event, Map<String, Object> columns) implements Outcome {
    public Candidate {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(columns, "columns");
    }
  }

  /** The event is in the lake's table, by this commit. */
  record Landed(EventKey key) implements Outcome {}

  /**
   * An event with this key and payload has landed already; this copy is set aside.
   *
   * @param changed its JSON as a step of the route left it; null if that is the original
   */
  record Duplicate(Event event, String changed) implements Outcome {}

  /**
   * An event with this key but another payload has landed already; this one is set aside.
   *
   * @param changed its JSON as a step of the route left it; null if that is the original
   * @param landedPayloadHash the payload hash of the one that landed
   */
  record Conflict(Event event, String changed, long landedPayloadHash) implements Outcome {}

  /**
   * The dead-letter queue has it.
   *
   * @param deadLetterId the dead letter's id, a hash of position and bytes
   */
  record DeadLettered(Rejected rejected, String deadLetterId) implements Outcome {}

  /**
   * A user's route dropped it on purpose.
   *
   * @param reason as the route gives it
   */
  record Filtered(String reason) implements Outcome {}

  /** It was accounted for by an earlier commit, and is only acknowledged again. */
  record Redelivered() implements Outcome {}
}
