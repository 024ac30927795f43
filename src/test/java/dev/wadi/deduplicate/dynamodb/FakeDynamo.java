package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * One table in memory, with faults that a server can't be told to make. The contracts that it is
 * tested by are those that a server is tested by.
 */
final class FakeDynamo implements DynamoDbClient {

  /** What befalls a request. */
  enum Fault {
    NONE,
    /** It is executed, and its answer gets lost. */
    ANSWER_LOST,
    /** It never arrives. */
    LOST,
    /** Its client gives it up; it is executed by {@link #deliverLate}. */
    LATE,
    THROTTLED,
    DENIED,
    NO_TABLE,
    MALFORMED,
    WRONG_KEY,
    UNAVAILABLE
  }

  /** What the server makes of PartiQL. */
  enum Batches {
    SUPPORTED,
    /** It inserts an item where there is one, as moto does. */
    INSERT_TWICE,
    DENIED,
    /** Every second statement of a batch is throttled. */
    HALF_THROTTLED
  }

  private static final Pattern ATTRIBUTE = Pattern.compile("'(\\w+)': \\?");
  private static final Pattern COMPARISON = Pattern.compile("(\\w+) (<?=) (:\\w+)");

  private final Map<AttributeValue, Map<String, AttributeValue>> table = new LinkedHashMap<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Deque<Fault> batchFaults = new ArrayDeque<>();
  private final Deque<Runnable> late = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final Batches batches;
  private Runnable before = () -> {};
  private int generation = 1;

  FakeDynamo(Batches batches) {
    this.batches = batches;
  }

  /** Has these befall the next requests that write a single item. */
  synchronized void nextWrites(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** Has these befall the next batches. */
  synchronized void nextBatches(Fault... next) {
    batchFaults.addAll(List.of(next));
  }

  /** The table is lost, and one of the same name is made. */
  synchronized void makeAnew() {
    table.clear();
    generation++;
  }

  /** The table is lost, and one of the same name is made of its backup. */
  synchronized void restore() {
    generation++;
  }

  /** Done before every request that writes a single item. */
  synchronized void beforeWrites(Runnable action) {
    before = action;
  }

  /** From now on nothing befalls a request. */
  synchronized void endFaults() {
    faults.clear();
    batchFaults.clear();
  }

  /** Executes what its clients have given up. */
  synchronized void deliverLate() {
    while (!late.isEmpty()) {
      late.pop().run();
    }
  }

  /** What is stored of an event. */
  synchronized Map<String, AttributeValue> item(EventKey key) {
    return table.get(Attributes.binary(key));
  }

  /** All that is stored. */
  synchronized List<Map<String, AttributeValue>> items() {
    return List.copyOf(table.values());
  }

  /** The operations that were asked for, in order. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized PutItemResponse putItem(PutItemRequest put) {
    return write(
        "put",
        () -> {
          AttributeValue key = put.item().get(Attributes.KEY);
          Map<String, AttributeValue> old = table.get(key);
          check(put.conditionExpression(), put.expressionAttributeValues(), old);
          table.put(key, Map.copyOf(put.item()));
          PutItemResponse.Builder answer = PutItemResponse.builder();
          return (old == null ? answer : answer.attributes(old)).build();
        });
  }

  @Override
  public synchronized DeleteItemResponse deleteItem(DeleteItemRequest delete) {
    return write(
        "delete",
        () -> {
          AttributeValue key = delete.key().get(Attributes.KEY);
          Map<String, AttributeValue> old = table.get(key);
          check(delete.conditionExpression(), delete.expressionAttributeValues(), old);
          table.remove(key);
          DeleteItemResponse.Builder answer = DeleteItemResponse.builder();
          return (old == null ? answer : answer.attributes(old)).build();
        });
  }

  @Override
  public synchronized GetItemResponse getItem(GetItemRequest get) {
    requests.add("get");
    Map<String, AttributeValue> item = table.get(get.key().get(Attributes.KEY));
    GetItemResponse.Builder answer = GetItemResponse.builder();
    return (item == null ? answer : answer.item(item)).build();
  }

  @Override
  public synchronized ScanResponse scan(ScanRequest scan) {
    requests.add("scan");
    // pages of one item
    List<AttributeValue> keys = List.copyOf(table.keySet());
    int at =
        scan.hasExclusiveStartKey()
            ? keys.indexOf(scan.exclusiveStartKey().get(Attributes.KEY)) + 1
            : 0;
    if (at >= keys.size()) {
      return ScanResponse.builder().build();
    }
    Map<String, AttributeValue> key = Map.of(Attributes.KEY, keys.get(at));
    boolean wanted =
        holds(scan.filterExpression(), scan.expressionAttributeValues(), table.get(keys.get(at)));
    return ScanResponse.builder()
        .items(wanted ? List.of(key) : List.of())
        .lastEvaluatedKey(key)
        .build();
  }

  @Override
  public synchronized BatchExecuteStatementResponse batchExecuteStatement(
      BatchExecuteStatementRequest batch) {
    requests.add("batch " + batch.statements().size());
    if (batches == Batches.DENIED) {
      throw refusal("AccessDeniedException", 400);
    }
    return underFaults(batchFaults, () -> execute(batch));
  }

  private BatchExecuteStatementResponse execute(BatchExecuteStatementRequest batch) {
    List<BatchStatementResponse> answers = new ArrayList<>();
    for (BatchStatementRequest statement : batch.statements()) {
      boolean throttled = batches == Batches.HALF_THROTTLED && answers.size() % 2 == 1;
      answers.add(
          throttled ? refused(BatchStatementErrorCodeEnum.THROTTLING_ERROR) : insert(statement));
    }
    return BatchExecuteStatementResponse.builder().responses(answers).build();
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest describe) {
    return DescribeTableResponse.builder()
        .table(
            table ->
                table
                    .tableId("table-" + generation)
                    .tableStatus(TableStatus.ACTIVE)
                    .keySchema(
                        List.of(
                            KeySchemaElement.builder()
                                .attributeName(Attributes.KEY)
                                .keyType(KeyType.HASH)
                                .build()))
                    .attributeDefinitions(
                        List.of(
                            AttributeDefinition.builder()
                                .attributeName(Attributes.KEY)
                                .attributeType(ScalarAttributeType.B)
                                .build())))
        .build();
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest describe) {
    return DescribeTimeToLiveResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  private BatchStatementResponse insert(BatchStatementRequest statement) {
    Map<String, AttributeValue> item = new HashMap<>();
    Matcher names = ATTRIBUTE.matcher(statement.statement());
    for (AttributeValue value : statement.parameters()) {
      if (!names.find()) {
        throw refusal("ValidationException", 400);
      }
      item.put(names.group(1), value);
    }
    AttributeValue key = item.get(Attributes.KEY);
    if (batches != Batches.INSERT_TWICE && table.containsKey(key)) {
      return refused(BatchStatementErrorCodeEnum.DUPLICATE_ITEM);
    }
    table.put(key, item);
    return BatchStatementResponse.builder().build();
  }

  private static BatchStatementResponse refused(BatchStatementErrorCodeEnum code) {
    return BatchStatementResponse.builder().error(error -> error.code(code)).build();
  }

  private <T> T write(String operation, Supplier<T> request) {
    requests.add(operation);
    before.run();
    return underFaults(faults, request);
  }

  private <T> T underFaults(Deque<Fault> faults, Supplier<T> request) {
    Fault fault = faults.isEmpty() ? Fault.NONE : faults.pop();
    switch (fault) {
      case NONE:
        return request.get();
      case ANSWER_LOST:
        request.get();
        throw SdkClientException.create("connection reset");
      case LATE:
        late.add(() -> executeUnheard(request));
        throw SdkClientException.create("timed out");
      case LOST:
        throw SdkClientException.create("connection refused");
      case THROTTLED:
        throw ProvisionedThroughputExceededException.builder()
            .awsErrorDetails(details("ProvisionedThroughputExceededException"))
            .statusCode(400)
            .build();
      case DENIED:
        throw refusal("AccessDeniedException", 400);
      case NO_TABLE:
        throw refusal("ResourceNotFoundException", 400);
      case MALFORMED:
        throw refusal("SerializationException", 400);
      case WRONG_KEY:
        throw refusal("ValidationException", 400);
      case UNAVAILABLE:
        throw refusal("ServiceUnavailable", 503);
      default:
        throw new IllegalStateException(fault.name());
    }
  }

  private static void executeUnheard(Supplier<?> request) {
    try {
      request.get();
    } catch (ConditionalCheckFailedException nobodyHearsIt) {
      // the client has given it up
    }
  }

  private static RuntimeException refusal(String code, int status) {
    return DynamoDbException.builder()
        .awsErrorDetails(details(code))
        .statusCode(status)
        .message(code)
        .build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage(code).build();
  }

  private static void check(
      String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> old) {
    if (condition != null && !holds(condition, values, old)) {
      throw ConditionalCheckFailedException.builder()
          .item(old)
          .awsErrorDetails(details("ConditionalCheckFailedException"))
          .statusCode(400)
          .build();
    }
  }

  private static boolean holds(
      String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    return Stream.of(condition.split(" OR "))
        .anyMatch(any -> Stream.of(any.split(" AND ")).allMatch(all -> isTrue(all, values, item)));
  }

  private static boolean isTrue(
      String term, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
    if (term.equals("attribute_not_exists(" + Attributes.KEY + ")")) {
      return item == null;
    }
    Matcher comparison = COMPARISON.matcher(term);
    if (!comparison.find()) {
      throw refusal("ValidationException", 400);
    }
    AttributeValue value = item == null ? null : item.get(comparison.group(1));
    AttributeValue other = values.get(comparison.group(3));
    if (comparison.group(2).equals("=")) {
      return other.equals(value);
    }
    return value != null && new BigDecimal(value.n()).compareTo(new BigDecimal(other.n())) <= 0;
  }
}
