package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table of claims is deleted; what the guide says brings its lake back, and nothing else. */
@Tag("integration")
class LostTableIT {

  private static final int EVENTS = 100;

  @TempDir Path folder;
  private SharedLake lake;
  private DynamoDbClient dynamo;

  @BeforeEach
  void open() throws Exception {
    lake = new SharedLake(folder, Service.DYNAMODB);
    dynamo = lake.servers().dynamo();
  }

  @AfterEach
  void close() throws IOException {
    if (dynamo != null) {
      dynamo.close();
    }
    if (lake != null) {
      lake.close();
    }
  }

  @Test
  void landsNothingTwiceWhenATableOfTheSameNameIsMade() throws Exception {
    landByATable();

    dynamo.deleteTable(delete -> delete.tableName("claims"));
    assertThat(refusal(lake.environment("dynamodb")))
        .as("none is made in its place")
        .contains("no DynamoDB table claims")
        .contains("wadi ledger rebuild --alone");
    create("claims");
    assertThat(refusal(lake.environment("dynamodb")))
        .contains("the table claims lacks what the lake has")
        .contains("wadi ledger rebuild --alone");

    goOnBy("claims");
  }

  @Test
  void landsNothingTwiceWhenAnotherTableTakesItsPlace() throws Exception {
    landByATable();

    dynamo.deleteTable(delete -> delete.tableName("claims"));
    create("other");
    assertThat(refusal(with("other")))
        .contains("share the table claims, not other")
        .contains("wadi ledger rebuild --alone");

    goOnBy("other");
  }

  @Test
  void refusesTheTableOfAnotherLake() throws Exception {
    landByATable();
    try (var s3 = lake.servers().s3()) {
      s3.createBucket(create -> create.bucket("copy"));
    }

    Map<String, String> copy = lake.environment("dynamodb");
    copy.put("WADI_LAND_BUCKET", "copy");
    assertThat(refusal(copy)).contains("that of the lake s3://lake, not of s3://copy");
  }

  private void landByATable() throws Exception {
    WadiProcess wadi = lake.run("a", lake.environment("dynamodb"));
    lake.send(0, EVENTS);
    lake.awaitReceived(EVENTS);
    assertThat(wadi.terminate()).as(wadi.log()).isZero();
  }

  /** All that landed comes again, and as much that is new, after what the guide says. */
  private void goOnBy(String table) throws Exception {
    new WadiCommands(lake.data("a"), with(table))
        .read("ledger", "rebuild", "--alone", "--profile", "aws");
    lake.run("a", with(table));
    lake.run("b", with(table));
    lake.send(0, 2 * EVENTS);
    lake.awaitReceived(3 * EVENTS);
    assertThat(lake.totals())
        .containsEntry("landed", 2L * EVENTS)
        .containsEntry("duplicates", (long) EVENTS);
  }

  private String refusal(Map<String, String> environment) throws Exception {
    String data = lake.data("a").toString();
    try (WadiProcess wadi =
        WadiProcess.start(environment, "run", "--profile", "aws", "--data", data, "--port", "0")) {
      assertThat(wadi.waitFor()).as(wadi.log()).isEqualTo(1);
      List<String> errors = wadi.errors();
      return errors.get(errors.size() - 1);
    }
  }

  private Map<String, String> with(String table) {
    Map<String, String> environment = lake.environment("dynamodb");
    environment.put("WADI_DEDUPLICATE_TABLE", table);
    environment.put("WADI_DEDUPLICATE_CREATE_TABLE", "false");
    return environment;
  }

  private void create(String table) {
    dynamo.createTable(
        create ->
            create
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("k").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("k")
                        .attributeType(ScalarAttributeType.B)
                        .build()));
  }
}
