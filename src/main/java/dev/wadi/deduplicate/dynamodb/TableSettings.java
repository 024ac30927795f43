package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.SetupException;
import java.time.Duration;

/**
 * How the table of claims is used.
 *
 * @param table its name
 * @param create whether it is made if it is missing
 * @param lease how long a commit may take from its claims to its marker; then another process may
 *     give it up
 * @param timeToLive how long after its claim an event's key is remembered; zero: for good
 * @param connections most requests at a time; the client must have as many
 * @param patience how long a request is tried again
 */
public record TableSettings(
    String table,
    boolean create,
    Duration lease,
    Duration timeToLive,
    int connections,
    Duration patience) {

  /**
   * A request that is underway when its client has given it up may still arrive as long as AWS
   * takes its signature: 15 minutes. No claim may be forgotten that early.
   */
  static final Duration SHORTEST_TIME_TO_LIVE = Duration.ofHours(1);

  public TableSettings {
    if (!timeToLive.isZero()
        && (timeToLive.compareTo(SHORTEST_TIME_TO_LIVE) < 0 || timeToLive.compareTo(lease) <= 0)) {
      throw new SetupException(
          "wadi.deduplicate.time-to-live is too short: set it to 0s (keys are kept for good), or"
              + " to 1h or more and more than wadi.deduplicate.lease");
    }
  }
}
