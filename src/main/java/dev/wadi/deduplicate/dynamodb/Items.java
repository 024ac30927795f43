package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.SetupException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads and writes the table's items, one at a time.
 *
 * @param client of DynamoDB
 * @param requests how it is asked
 */
record Items(DynamoDbClient client, Requests requests) {

  /** What is there now. */
  Optional<Map<String, AttributeValue>> get(EventKey key) {
    return requests.send(
        "get",
        () -> {
          var answer =
              client.getItem(
                  get ->
                      get.tableName(requests.table())
                          .key(Attributes.key(key))
                          .consistentRead(true));
          return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
        });
  }

  /**
   * Puts an item in the place of what is there, if the condition holds.
   *
   * @param operation for the metrics
   * @return empty if it was put by this try; else what is there, which may be the same item, put by
   *     an earlier try whose answer was lost. Without attributes if there is none
   */
  Optional<Map<String, AttributeValue>> put(
      String operation, Map<String, AttributeValue> item, Condition condition) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(requests.table())
            .item(item)
            .conditionExpression(condition.expression())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!condition.values().isEmpty()) {
      put.expressionAttributeValues(condition.values());
    }
    PutItemRequest request = put.build();
    try {
      requests.send(operation, () -> client.putItem(request));
      return Optional.empty();
    } catch (ConditionalCheckFailedException e) {
      if (!e.hasItem() && condition.equals(Condition.absent())) {
        throw new SetupException(
            "the server of the table "
                + requests.table()
                + " does not tell what it found (ReturnValuesOnConditionCheckFailure): use AWS, or"
                + " a newer emulator");
      }
      return Optional.of(e.hasItem() ? e.item() : Map.of());
    }
  }

  /**
   * Puts an item in the place of whatever is there.
   *
   * @return what was there; without attributes if nothing was
   */
  Map<String, AttributeValue> put(String operation, Map<String, AttributeValue> item) {
    return requests
        .send(
            operation,
            () ->
                client.putItem(
                    put ->
                        put.tableName(requests.table())
                            .item(item)
                            .returnValues(ReturnValue.ALL_OLD)))
        .attributes();
  }

  /**
   * Deletes an item of an owner; or of anyone, if null.
   *
   * @return whether it was there, and the owner's
   */
  boolean delete(EventKey key, String owner) {
    DeleteItemRequest.Builder delete =
        DeleteItemRequest.builder()
            .tableName(requests.table())
            .key(Attributes.key(key))
            .returnValues(ReturnValue.ALL_OLD);
    if (owner != null) {
      delete
          .conditionExpression(Attributes.OWNER + " = :o")
          .expressionAttributeValues(Map.of(":o", Attributes.text(owner)));
    }
    DeleteItemRequest request = delete.build();
    try {
      return requests.send("delete", () -> client.deleteItem(request)).hasAttributes();
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Deletes all items that a filter lets through; reads the whole table for it. */
  void deleteAll(String filter, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> from = null;
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          requests.send(
              "scan",
              () ->
                  client.scan(
                      scan ->
                          scan.tableName(requests.table())
                              .filterExpression(filter)
                              .expressionAttributeValues(values)
                              .projectionExpression(Attributes.KEY)
                              .exclusiveStartKey(start)));
      for (Map<String, AttributeValue> key : page.items()) {
        requests.send(
            "delete",
            () -> client.deleteItem(delete -> delete.tableName(requests.table()).key(key)));
      }
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (from != null);
  }
}
