package dev.wadi.deduplicate.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Puts items where there are none. */
interface Inserts {

  /** Most items that it takes at a time. */
  int most();

  /**
   * Inserts items with the same attributes.
   *
   * @param items no two with the same key
   * @return for each, as {@link Items#put} has it
   */
  List<Optional<Map<String, AttributeValue>>> insert(List<Map<String, AttributeValue>> items);
}
