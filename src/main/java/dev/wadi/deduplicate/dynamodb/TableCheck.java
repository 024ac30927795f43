package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.SetupException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Looks at the table before it is used: a table that forgets or mixes up keys loses events. */
record TableCheck(DynamoDbClient client, Requests requests, TableSettings settings) {

  private static final Logger LOG = LoggerFactory.getLogger(TableCheck.class);

  private static final Set<TimeToLiveStatus> EXPIRING =
      Set.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);

  /**
   * Makes the table if that is wanted, and waits until it is there.
   *
   * @return the id that DynamoDB has given it, which no other table ever has, be it of the same
   *     name or restored from this one; null if the server gives none
   * @throws SetupException if it isn't what Wadi needs
   */
  String run() {
    if (settings.create()) {
      createIfMissing();
    }
    TableDescription table = active();
    if (!keyOf(table).equals(Attributes.KEY + " (B)")) {
      throw new SetupException(
          "the DynamoDB table "
              + settings.table()
              + " has the key "
              + keyOf(table)
              + ": name one in wadi.deduplicate.table whose partition key is "
              + Attributes.KEY
              + " (Binary) and which has no sort key");
    }
    checkTimeToLive();
    return table.tableId();
  }

  private void createIfMissing() {
    try {
      describe();
    } catch (SetupException e) {
      if (!(e.getCause() instanceof ResourceNotFoundException)) {
        throw e;
      }
      create();
    }
  }

  private void create() {
    CreateTableRequest table =
        CreateTableRequest.builder()
            .tableName(settings.table())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(
                KeySchemaElement.builder()
                    .attributeName(Attributes.KEY)
                    .keyType(KeyType.HASH)
                    .build())
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName(Attributes.KEY)
                    .attributeType(ScalarAttributeType.B)
                    .build())
            .build();
    try {
      requests.send("create-table", () -> client.createTable(table));
      LOG.info("made the DynamoDB table {}", settings.table());
    } catch (ResourceInUseException raced) {
      // another process made it at the same time
      LOG.debug("the table {} was made by another process", settings.table());
      return;
    }
    if (!settings.timeToLive().isZero()) {
      active();
      requests.send(
          "create-table",
          () ->
              client.updateTimeToLive(
                  update ->
                      update
                          .tableName(settings.table())
                          .timeToLiveSpecification(
                              spec -> spec.attributeName(Attributes.EXPIRY).enabled(true))));
    }
  }

  private TableDescription active() {
    long end = requests.end();
    for (int looks = 1; ; looks++) {
      TableDescription table = describe();
      if (table.tableStatus() == TableStatus.ACTIVE
          || table.tableStatus() == TableStatus.UPDATING) {
        return table;
      }
      requests.pause(looks, end, new IllegalStateException("it is " + table.tableStatusAsString()));
    }
  }

  private TableDescription describe() {
    return requests
        .send("describe", () -> client.describeTable(get -> get.tableName(settings.table())))
        .table();
  }

  private static String keyOf(TableDescription table) {
    List<KeySchemaElement> key = table.keySchema();
    return key.stream()
        .map(part -> part.attributeName() + " (" + typeOf(part.attributeName(), table) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String typeOf(String attribute, TableDescription table) {
    return table.attributeDefinitions().stream()
        .filter(definition -> definition.attributeName().equals(attribute))
        .map(AttributeDefinition::attributeTypeAsString)
        .collect(Collectors.joining());
  }

  private void checkTimeToLive() {
    TimeToLiveDescription found =
        requests
            .send(
                "describe", () -> client.describeTimeToLive(get -> get.tableName(settings.table())))
            .timeToLiveDescription();
    boolean expires = found != null && EXPIRING.contains(found.timeToLiveStatus());
    if (settings.timeToLive().isZero()) {
      if (expires) {
        warnOfExpiry(found.attributeName());
      }
    } else if (expires && Attributes.EXPIRY.equals(found.attributeName())) {
      LOG.warn(
          "keys are remembered for {} only: an event that comes again later lands twice"
              + " (wadi.deduplicate.time-to-live)",
          settings.timeToLive());
    } else {
      LOG.warn(
          "wadi.deduplicate.time-to-live has no effect: enable the time to live of the table {} on"
              + " the attribute {}",
          settings.table(),
          Attributes.EXPIRY);
    }
  }

  private void warnOfExpiry(String attribute) {
    LOG.warn(
        "the table {} has a time to live on the attribute {}: items that have it are forgotten, and"
            + " their events land again when they come again. Disable it, or set"
            + " wadi.deduplicate.time-to-live to what you want",
        settings.table(),
        attribute);
  }
}
