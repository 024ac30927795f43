package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.SharedClaims.Wanted;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes the items of claims.
 *
 * @param owner the process, for people who look into the table
 * @param lease from now on
 * @param timeToLive zero for none
 */
record ClaimItems(String owner, Duration lease, Duration timeToLive, Clock clock) {

  Map<String, AttributeValue> claim(String commit, Wanted wanted) {
    Map<String, AttributeValue> item = released(commit, wanted.key());
    item.put(Attributes.COMMIT, Attributes.text(commit));
    item.put(Attributes.PAYLOAD_HASH, Attributes.number(wanted.payloadHash()));
    item.put(Attributes.POSITION, Attributes.text(wanted.position()));
    item.put(Attributes.LEASE_END, leaseEnd());
    return item;
  }

  /** What a commit leaves of a claim that it gives up. */
  Map<String, AttributeValue> released(String commit, EventKey key) {
    Map<String, AttributeValue> item = new HashMap<>(Attributes.key(key));
    item.put(Attributes.COMMIT, Attributes.text(Claim.releasedBy(commit)));
    item.put(Attributes.OWNER, Attributes.text(owner));
    expire(item);
    return item;
  }

  AttributeValue leaseEnd() {
    return Attributes.number(clock.millis() + lease.toMillis());
  }

  /** Has an item go when its time to live is over, if it has one. */
  void expire(Map<String, AttributeValue> item) {
    if (!timeToLive.isZero()) {
      item.put(
          Attributes.EXPIRY, Attributes.number(clock.instant().plus(timeToLive).getEpochSecond()));
    }
  }
}
