package dev.wadi.event;

import java.util.Objects;

/**
 * A record that is no event, or whose event failed a step. A value, not an exception: it fails
 * neither its neighbours nor its batch.
 *
 * @param record the record with its original bytes
 * @param shape the shape it was read by
 * @param stage where it failed: {@code decode}, {@code flatten}, or the id of the node of a user's
 *     step
 * @param reason a code to count and select by, such as {@code not_json} or {@code missing_field}
 * @param rule the rule it broke, such as the field's path; null where the reason says all
 * @param message what a person needs to mend it, in one line
 */
public record Rejected(
    SourceRecord record, String shape, String stage, String reason, String rule, String message)
    implements Decoded {

  public Rejected {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}
