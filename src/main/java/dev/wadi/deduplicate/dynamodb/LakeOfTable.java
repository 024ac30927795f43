package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item that says which lake the table is of: the first that used it. */
record LakeOfTable(Items items) {

  private static final EventKey KEY = EventKey.of("wadi:lake");

  /**
   * @throws SetupException if it is of another
   */
  void require(String lake) {
    Map<String, AttributeValue> item = new HashMap<>(Attributes.key(KEY));
    item.put(Attributes.LAKE, Attributes.text(lake));
    items
        .put("put", item, Condition.absent())
        .map(found -> Attributes.text(found, Attributes.LAKE))
        .filter(other -> !other.equals(lake))
        .ifPresent(
            other -> {
              throw new SetupException(
                  "the table "
                      + items.requests().table()
                      + " is that of the lake "
                      + other
                      + ", not of "
                      + lake
                      + ": name one of its own in wadi.deduplicate.table (a copy of a lake needs a new"
                      + " one, after `wadi ledger rebuild --alone`)");
            });
  }
}
