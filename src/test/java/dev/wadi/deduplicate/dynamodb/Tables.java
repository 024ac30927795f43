package dev.wadi.deduplicate.dynamodb;

import dev.wadi.event.EventKey;
import dev.wadi.event.Fates;
import dev.wadi.event.SharedClaims.Wanted;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tables of claims, and what is claimed in them. */
final class Tables {

  static final Duration LEASE = Duration.ofMinutes(5);
  static final int CONNECTIONS = 8;

  private Tables() {}

  static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .httpClient(ApacheHttpClient.builder().maxConnections(CONNECTIONS + 1).build())
        .overrideConfiguration(ClaimTable.clientSettings())
        .build();
  }

  /** A table that is made if it is missing. */
  static TableSettings settings(String table) {
    return new TableSettings(
        table, true, LEASE, Duration.ZERO, CONNECTIONS, Duration.ofSeconds(30));
  }

  static Requests requests(String table, Clock clock, MeterRegistry registry) {
    return new Requests(
        table,
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
        Duration.ofSeconds(30),
        clock,
        new Random(1),
        new Metrics(registry, clock));
  }

  static ClaimTable open(
      DynamoDbClient client, String table, String owner, Fates fates, Clock clock) {
    return open(client, settings(table), owner, fates, clock);
  }

  static ClaimTable open(
      DynamoDbClient client, TableSettings settings, String owner, Fates fates, Clock clock) {
    return ClaimTable.open(
        client,
        settings,
        owner,
        fates,
        requests(settings.table(), clock, new SimpleMeterRegistry()));
  }

  static EventKey key(int i) {
    return EventKey.of("test", Integer.toString(i));
  }

  static Wanted wanted(int i) {
    return new Wanted(key(i), i, "sqs:events message#" + i);
  }

  static List<Wanted> wanted(int from, int to) {
    return IntStream.range(from, to).mapToObj(Tables::wanted).toList();
  }

  /** Commit ids that rise with the number. */
  static String commit(int i) {
    return String.format("01KAJ0%020d", i);
  }

  static double count(MeterRegistry registry, String name, String label, String value) {
    Counter counter = registry.find(name).tag(label, value).counter();
    return counter == null ? 0 : counter.count();
  }
}
