package dev.wadi.deduplicate.dynamodb;

import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.event.EventKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of users' own routes, shared by all processes. A key that was added and neither
 * confirmed nor removed is free again when its lease has run out: its process is taken for dead.
 */
final class DynamoRouteKeys implements RouteKeys {

  private static final String KEY_SPACE = "wadi:route";
  private static final AttributeValue HELD = Attributes.text("held");
  private static final AttributeValue CONFIRMED = Attributes.text("confirmed");

  private static final String ABSENT_OR_LEFT =
      "attribute_not_exists("
          + Attributes.KEY
          + ") OR ("
          + Attributes.STATE
          + " = :held AND "
          + Attributes.LEASE_END
          + " <= :now)";
  private static final String A_ROUTES_KEY =
      Attributes.STATE + " = :held OR " + Attributes.STATE + " = :confirmed";

  private final Items items;
  private final ClaimItems claimItems;
  private final AtomicLong holds = new AtomicLong();
  private final ConcurrentMap<EventKey, Hold> held = new ConcurrentHashMap<>();

  DynamoRouteKeys(Items items, ClaimItems claimItems) {
    this.items = items;
    this.claimItems = claimItems;
  }

  @Override
  public boolean add(String key, Object owner) {
    EventKey hash = of(key);
    // an own name for each hold, by which it knows its item again
    Hold hold = new Hold(owner, claimItems.owner() + "/" + holds.incrementAndGet());
    Map<String, AttributeValue> item = item(hash, HELD);
    item.put(Attributes.OWNER, Attributes.text(hold.name()));
    item.put(Attributes.LEASE_END, claimItems.leaseEnd());
    Optional<Map<String, AttributeValue>> there =
        items.put(
            "put",
            item,
            new Condition(
                ABSENT_OR_LEFT,
                Map.of(":held", HELD, ":now", Attributes.number(claimItems.clock().millis()))));
    boolean added =
        there
            .map(found -> hold.name().equals(Attributes.text(found, Attributes.OWNER)))
            .orElse(true);
    if (added) {
      held.put(hash, hold);
    }
    return added;
  }

  @Override
  public boolean contains(String key) {
    return items.get(of(key)).map(this::isTaken).orElse(false);
  }

  @Override
  public boolean confirm(String key, Object owner) {
    return hold(key, owner).isPresent() && confirm(key);
  }

  @Override
  public boolean remove(String key, Object owner) {
    EventKey hash = of(key);
    Optional<Hold> hold = hold(key, owner);
    // another may have it by now, if the lease has run out
    boolean removed = hold.isPresent() && items.delete(hash, hold.get().name());
    hold.ifPresent(mine -> held.remove(hash, mine));
    return removed;
  }

  @Override
  public boolean confirm(String key) {
    EventKey hash = of(key);
    Map<String, AttributeValue> before = items.put("put", item(hash, CONFIRMED));
    held.remove(hash);
    return !CONFIRMED.equals(before.get(Attributes.STATE));
  }

  @Override
  public boolean remove(String key) {
    EventKey hash = of(key);
    held.remove(hash);
    return items.delete(hash, null);
  }

  /** Reads the whole table, that of events among it. */
  @Override
  public void clear() {
    items.deleteAll(A_ROUTES_KEY, Map.of(":held", HELD, ":confirmed", CONFIRMED));
    held.clear();
  }

  /** Does nothing: the table is closed by whoever opened it. */
  @Override
  public void close() {}

  private Optional<Hold> hold(String key, Object owner) {
    return Optional.ofNullable(held.get(of(key))).filter(hold -> hold.owner().equals(owner));
  }

  private boolean isTaken(Map<String, AttributeValue> item) {
    return CONFIRMED.equals(item.get(Attributes.STATE))
        || Attributes.number(item, Attributes.LEASE_END) > claimItems.clock().millis();
  }

  private Map<String, AttributeValue> item(EventKey hash, AttributeValue state) {
    Map<String, AttributeValue> item = new HashMap<>(Attributes.key(hash));
    item.put(Attributes.STATE, state);
    claimItems.expire(item);
    return item;
  }

  private static EventKey of(String key) {
    return EventKey.of(KEY_SPACE, key);
  }

  /**
   * A key that this process has.
   *
   * @param name as the table has it
   */
  private record Hold(Object owner, String name) {}
}
