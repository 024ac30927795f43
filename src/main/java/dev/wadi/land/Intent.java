package dev.wadi.land;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a commit is about to publish, put in the lake before the first object.
 *
 * @param commit the commit's id
 * @param writer the process that publishes, as {@code host/pid/start}
 * @param leaseUntil until when others leave it alone, ISO 8601 in UTC; null in those of an older
 *     Wadi
 * @param objects the keys to come
 */
public record Intent(String commit, String writer, String leaseUntil, List<String> objects) {

  public Intent {
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(writer, "writer");
    if (leaseUntil != null) {
      Instant.parse(leaseUntil);
    }
    objects = List.copyOf(objects);
  }

  static Intent of(String commit, String writer, Instant leaseUntil, List<String> objects) {
    return new Intent(commit, writer, leaseUntil.toString(), objects);
  }

  /** Whether its lease has run out, and that long ago. */
  boolean isOver(Duration since, Instant now) {
    return leaseUntil == null || Instant.parse(leaseUntil).plus(since).isBefore(now);
  }
}
