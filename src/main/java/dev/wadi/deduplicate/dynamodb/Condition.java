package dev.wadi.deduplicate.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold of an item for it to be replaced.
 *
 * @param expression in DynamoDB's language
 * @param values what the expression names
 */
record Condition(String expression, Map<String, AttributeValue> values) {

  private static final String ABSENT = "attribute_not_exists(" + Attributes.KEY + ")";
  private static final String SAME_COMMIT = Attributes.COMMIT + " = :c";

  /** There is no item. */
  static Condition absent() {
    return new Condition(ABSENT, Map.of());
  }

  /** The item is of this commit; or there is none, if null. */
  static Condition of(String commit) {
    return commit == null ? absent() : new Condition(SAME_COMMIT, commit(commit));
  }

  /** The item is of this commit, or there is none. */
  static Condition absentOrOf(String commit) {
    return new Condition(ABSENT + " OR " + SAME_COMMIT, commit(commit));
  }

  private static Map<String, AttributeValue> commit(String commit) {
    return Map.of(":c", Attributes.text(commit));
  }
}
