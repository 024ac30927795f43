package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.Fates;
import dev.wadi.event.Fates.Fate;
import dev.wadi.event.Lines;
import dev.wadi.event.TransientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item for each line: the last commit that took a part of it, and from where to where. Whether
 * the part is accounted for, the commit's marker says.
 */
final class DynamoLines implements Lines {

  /** No shape's name has a colon, so no event's key can be a line's. */
  private static final String KEY_SPACE = "wadi:line";

  private final Items items;
  private final ClaimItems claimItems;
  private final Fates fates;
  private final Workers workers;

  DynamoLines(Items items, ClaimItems claimItems, Fates fates, Workers workers) {
    this.items = items;
    this.claimItems = claimItems;
    this.fates = fates;
    this.workers = workers;
  }

  @Override
  public Optional<String> begin(String source, String line) {
    return items
        .get(key(source, line))
        .map(Taken::of)
        .map(taken -> taken.position(fates.settle(taken.commit())));
  }

  @Override
  public Collection<Part> take(String commit, String source, Collection<Part> parts) {
    List<Part> refused = Collections.synchronizedList(new ArrayList<>());
    workers.forEach(
        parts,
        part -> {
          if (!take(commit, source, part)) {
            refused.add(part);
          }
        });
    return refused;
  }

  /** Does nothing: the commit's marker says it. */
  @Override
  public void confirm(String commit, String source, Collection<Part> parts) {}

  private boolean take(String commit, String source, Part part) {
    EventKey key = key(source, part.line());
    Optional<Map<String, AttributeValue>> there = items.get(key);
    while (true) {
      Taken last = there.map(Taken::of).orElse(Taken.NOTHING);
      if (commit.equals(last.commit())) {
        return last.isOf(part);
      }
      if (!Objects.equals(last.commit() == null ? null : position(last), part.after())) {
        return false;
      }
      there = items.put("take", item(commit, key, part), Condition.of(last.commit()));
      if (there.isEmpty()) {
        return true;
      }
    }
  }

  /** How far a line is accounted for; null if nothing of it is. */
  private String position(Taken last) {
    Optional<Fate> fate = fates.of(last.commit());
    if (fate.isEmpty() && last.leaseEnd() > claimItems.clock().millis()) {
      throw new TransientException(
          "the commit " + last.commit() + " has a part of the line and is not settled", null);
    }
    return last.position(fate.orElseGet(() -> fates.settle(last.commit())));
  }

  private Map<String, AttributeValue> item(String commit, EventKey key, Part part) {
    Map<String, AttributeValue> item = new HashMap<>(Attributes.key(key));
    item.put(Attributes.COMMIT, Attributes.text(commit));
    item.put(Attributes.OWNER, Attributes.text(claimItems.owner()));
    item.put(Attributes.LEASE_END, claimItems.leaseEnd());
    item.put(Attributes.TO, Attributes.text(part.to()));
    if (part.after() != null) {
      item.put(Attributes.AFTER, Attributes.text(part.after()));
    }
    return item;
  }

  private static EventKey key(String source, String line) {
    return EventKey.of(KEY_SPACE, source, line);
  }

  /** The last part of a line that a commit took. */
  private record Taken(String commit, String after, String to, long leaseEnd) {

    static final Taken NOTHING = new Taken(null, null, null, 0);

    static Taken of(Map<String, AttributeValue> item) {
      return new Taken(
          Attributes.text(item, Attributes.COMMIT),
          Attributes.text(item, Attributes.AFTER),
          Attributes.text(item, Attributes.TO),
          Attributes.number(item, Attributes.LEASE_END));
    }

    String position(Fate fate) {
      return switch (fate) {
        case STANDS -> to;
        case GIVEN_UP -> after;
      };
    }

    boolean isOf(Part part) {
      return Objects.equals(after, part.after()) && to.equals(part.to());
    }
  }
}
