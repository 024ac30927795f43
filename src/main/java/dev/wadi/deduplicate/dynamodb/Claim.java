package dev.wadi.deduplicate.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the table says about a key.
 *
 * @param commit who has it; null if nobody ever had
 * @param payloadHash of the event
 * @param position where it came from
 * @param leaseEnd in epoch milliseconds
 */
record Claim(String commit, long payloadHash, String position, long leaseEnd) {

  /**
   * Before the id of a commit that has released the key. The item stays: a late request of that
   * commit, which only succeeds where nothing is, must find something.
   */
  private static final String RELEASED = "!";

  static Claim of(Map<String, AttributeValue> item) {
    return new Claim(
        Attributes.text(item, Attributes.COMMIT),
        Attributes.number(item, Attributes.PAYLOAD_HASH),
        Attributes.text(item, Attributes.POSITION),
        Attributes.number(item, Attributes.LEASE_END));
  }

  /** What stands in the place of the commit when it has released the key. */
  static String releasedBy(String commit) {
    return RELEASED + commit;
  }

  boolean isReleased() {
    return commit != null && commit.startsWith(RELEASED);
  }

  boolean isNobodys() {
    return commit == null || isReleased();
  }
}
