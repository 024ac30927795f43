package dev.wadi.land.feed;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How far a feed has come, and who has it, as it stands in the lake. Times are ISO 8601 in UTC.
 *
 * @param table whose rows are handed on
 * @param through no commit up to this one is to be handed on any more; null if none was yet
 * @param beyond commits behind that of which the same is true: others may still appear among them
 * @param owner the process that has the feed; null if none has
 * @param leaseUntil until when others leave it alone
 * @param rows how many rows were handed on up to here, what was repeated counted once
 * @param at when this was written
 */
record Note(
    String table,
    String through,
    List<String> beyond,
    String owner,
    String leaseUntil,
    long rows,
    String at) {

  Note {
    Objects.requireNonNull(table, "table");
    beyond = beyond == null ? List.of() : List.copyOf(beyond);
  }

  /** The same, of an owner who has the feed for longer. */
  Note kept(Instant until, Instant now) {
    return new Note(table, through, beyond, owner, until.toString(), rows, now.toString());
  }
}
