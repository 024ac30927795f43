package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.key;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Metrics;
import dev.wadi.process.MotoServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Tables that are as they should be, and others. */
@Tag("integration")
class TableCheckIT {

  private static MotoServer server;
  private static DynamoDbClient client;
  private final String name = "claims-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = MotoServer.start();
    client = Tables.client(server.endpoint());
  }

  @AfterAll
  static void stop() {
    if (client != null) {
      client.close();
      server.close();
    }
  }

  @Test
  void makesATableThatIsMissingIfItIsToldTo() {
    open(settings(true, Duration.ZERO)).close();
    open(settings(false, Duration.ZERO)).close();

    assertThat(client.describeTable(table -> table.tableName(name)).table())
        .satisfies(
            table -> {
              assertThat(table.billingModeSummary().billingMode())
                  .isEqualTo(BillingMode.PAY_PER_REQUEST);
              assertThat(table.keySchema()).hasSize(1);
            });
    assertThat(timeToLive()).isEqualTo(TimeToLiveStatus.DISABLED);
  }

  @Test
  void saysWhatToDoWithoutATable() {
    assertThatThrownBy(() -> open(settings(false, Duration.ZERO)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("partition key k (Binary)")
        .hasMessageContaining("wadi.deduplicate.create-table");
  }

  @Test
  void refusesATableWithAnotherKey() {
    create(attribute("id", ScalarAttributeType.S));

    assertThatThrownBy(() -> open(settings(true, Duration.ZERO)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("has the key id (S)")
        .hasMessageContaining("wadi.deduplicate.table");
  }

  @Test
  void refusesATableWithASortKey() {
    create(attribute("k", ScalarAttributeType.B), attribute("at", ScalarAttributeType.N));

    assertThatThrownBy(() -> open(settings(false, Duration.ZERO)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("has the key k (B), at (N)");
  }

  @Test
  void keepsKeysForGoodUnlessATimeIsSet() {
    try (ClaimTable table = open(settings(true, Duration.ZERO))) {
      table.claims().claim(commit(1), wanted(0, 1));
    }

    assertThat(item()).doesNotContainKey("e");
  }

  @Test
  void forgetsKeysAfterTheTimeThatIsSet() {
    TestClock clock = new TestClock();
    try (ClaimTable table = open(settings(true, Duration.ofHours(720)), clock)) {
      table.claims().claim(commit(1), wanted(0, 1));
    }

    assertThat(timeToLive()).isEqualTo(TimeToLiveStatus.ENABLED);
    assertThat(Long.parseLong(item().get("e").n()))
        .isEqualTo(clock.instant().plus(Duration.ofDays(30)).getEpochSecond());
  }

  @Test
  void opensATableThatForgetsThoughItShouldNotAndOneThatDoesNotThoughItShould() {
    open(settings(true, Duration.ofHours(2))).close();
    open(settings(false, Duration.ZERO)).close();
    client.updateTimeToLive(
        update ->
            update
                .tableName(name)
                .timeToLiveSpecification(spec -> spec.attributeName("e").enabled(false)));
    open(settings(false, Duration.ofHours(2))).close();

    assertThat(timeToLive()).isEqualTo(TimeToLiveStatus.DISABLED);
  }

  @Test
  void itemsAreSmall() {
    try (ClaimTable table = open(settings(true, Duration.ZERO))) {
      table.claims().claim(commit(1), wanted(0, 1));
    }

    assertThat(item().keySet()).containsExactlyInAnyOrder("k", "c", "h", "p", "o", "l");
    assertThat(item().get("k").b().asByteArray()).hasSize(16);
  }

  @Test
  void failsForNowWhereNothingAnswers() {
    try (DynamoDbClient nowhere = Tables.client(URI.create("http://127.0.0.1:1"))) {
      TableSettings settings =
          new TableSettings(name, true, Tables.LEASE, Duration.ZERO, 1, Duration.ofMillis(200));
      assertThatThrownBy(
              () ->
                  ClaimTable.open(
                      nowhere,
                      settings,
                      "host/1/start",
                      new LakeFates(),
                      Clock.systemUTC(),
                      new Random(1),
                      new Metrics(new SimpleMeterRegistry(), Clock.systemUTC())))
          .isInstanceOf(TransientException.class)
          .hasMessageContaining(name);
    }
  }

  private TableSettings settings(boolean create, Duration timeToLive) {
    return new TableSettings(
        name, create, Tables.LEASE, timeToLive, Tables.CONNECTIONS, Duration.ofSeconds(30));
  }

  private ClaimTable open(TableSettings settings) {
    return open(settings, Clock.systemUTC());
  }

  private ClaimTable open(TableSettings settings, Clock clock) {
    return ClaimTable.open(
        client,
        settings,
        "host/1/start",
        new LakeFates(),
        clock,
        new Random(1),
        new Metrics(new SimpleMeterRegistry(), clock));
  }

  private TimeToLiveStatus timeToLive() {
    return client
        .describeTimeToLive(get -> get.tableName(name))
        .timeToLiveDescription()
        .timeToLiveStatus();
  }

  private Map<String, AttributeValue> item() {
    return client.getItem(get -> get.tableName(name).key(Attributes.key(key(0)))).item();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private void create(AttributeDefinition... key) {
    List<KeySchemaElement> schema =
        Stream.of(key)
            .map(
                part ->
                    KeySchemaElement.builder()
                        .attributeName(part.attributeName())
                        .keyType(part == key[0] ? KeyType.HASH : KeyType.RANGE)
                        .build())
            .toList();
    client.createTable(
        table ->
            table
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(key)
                .keySchema(schema));
  }
}
