package dev.wadi.deduplicate.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A request for each item. */
record SingleInserts(Items items) implements Inserts {

  @Override
  public int most() {
    return 1;
  }

  @Override
  public List<Optional<Map<String, AttributeValue>>> insert(
      List<Map<String, AttributeValue>> wanted) {
    return wanted.stream().map(item -> items.put("put", item, Condition.absent())).toList();
  }
}
