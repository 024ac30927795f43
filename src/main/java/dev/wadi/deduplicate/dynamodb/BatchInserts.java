package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;

/**
 * Up to 25 items a request, as PartiQL's INSERT, which fails where there is an item. Each is one
 * write of its own, and costs as much as alone. What was not inserted is put once more by a request
 * of its own, which tells what is there or why it failed.
 */
record BatchInserts(Items items) implements Inserts {

  private static final Logger LOG = LoggerFactory.getLogger(BatchInserts.class);

  /** DynamoDB's limit. */
  private static final int MOST = 25;

  private static final Set<BatchStatementErrorCodeEnum> THROTTLING =
      EnumSet.of(
          BatchStatementErrorCodeEnum.THROTTLING_ERROR,
          BatchStatementErrorCodeEnum.REQUEST_LIMIT_EXCEEDED,
          BatchStatementErrorCodeEnum.PROVISIONED_THROUGHPUT_EXCEEDED);

  /** An item that belongs to nobody, to try the server with. */
  private static final EventKey PROBE = EventKey.of("wadi:probe");

  /**
   * Inserts in batches where the server refuses to insert an item twice. Not every emulator does,
   * and the permission {@code dynamodb:PartiQLInsert} may be missing: then one by one.
   */
  static Inserts ifTheServerCan(Items items) {
    Map<String, AttributeValue> item = new TreeMap<>(Attributes.key(PROBE));
    item.put(Attributes.COMMIT, Attributes.text(Claim.releasedBy("")));
    BatchInserts batches = new BatchInserts(items);
    try {
      batches.send(List.of(item));
      BatchStatementResponse again = batches.send(List.of(item)).get(0);
      if (isThereAlready(again)) {
        return batches;
      }
      LOG.info("the table's server inserts an item twice: claims are sent one by one");
    } catch (SdkException e) {
      LOG.info("claims are sent one by one, not in batches: {}", e.getMessage());
    }
    return new SingleInserts(items);
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public List<Optional<Map<String, AttributeValue>>> insert(
      List<Map<String, AttributeValue>> wanted) {
    List<BatchStatementResponse> answers =
        items.requests().send("batch-insert", () -> send(wanted));
    List<Optional<Map<String, AttributeValue>>> found = new ArrayList<>(wanted.size());
    for (int i = 0; i < answers.size(); i++) {
      boolean inserted = answers.get(i).error() == null;
      found.add(
          inserted ? Optional.empty() : putAlone(wanted.get(i), answers.get(i).error().code()));
    }
    return found;
  }

  private Optional<Map<String, AttributeValue>> putAlone(
      Map<String, AttributeValue> item, BatchStatementErrorCodeEnum why) {
    if (why != BatchStatementErrorCodeEnum.DUPLICATE_ITEM) {
      Failure failure = THROTTLING.contains(why) ? Failure.THROTTLED : Failure.FAILED;
      items.requests().metrics().count("wadi.claims.retries", "reason", failure.label(), 1);
    }
    return items.put("put", item, Condition.absent());
  }

  private List<BatchStatementResponse> send(List<Map<String, AttributeValue>> wanted) {
    return items
        .client()
        .batchExecuteStatement(
            batch -> batch.statements(wanted.stream().map(this::insert).toList()))
        .responses();
  }

  private BatchStatementRequest insert(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> sorted = new TreeMap<>(item);
    String values =
        sorted.keySet().stream()
            .map(name -> "'" + name + "': ?")
            .collect(Collectors.joining(", ", "{", "}"));
    return BatchStatementRequest.builder()
        .statement("INSERT INTO \"" + items.requests().table() + "\" VALUE " + values)
        .parameters(sorted.values())
        .build();
  }

  private static boolean isThereAlready(BatchStatementResponse answer) {
    return answer.error() != null
        && answer.error().code() == BatchStatementErrorCodeEnum.DUPLICATE_ITEM;
  }
}
