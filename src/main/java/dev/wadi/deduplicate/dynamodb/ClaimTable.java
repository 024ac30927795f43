package dev.wadi.deduplicate.dynamodb;

import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.event.Fates;
import dev.wadi.event.Lines;
import dev.wadi.event.SharedClaims;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table by which the processes that write to one lake agree who lands what. Thread-safe.
 *
 * <p>What it hands out is usable until it is closed; the client is not closed with it.
 */
public final class ClaimTable implements AutoCloseable {

  /** The first and the longest wait before a request is sent again. */
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));

  /** A write takes a few milliseconds; one that takes this long is better sent again. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

  private final Workers workers;
  private final DynamoClaims claims;
  private final DynamoLines lines;
  private final DynamoRouteKeys routeKeys;
  private final Items items;
  private final String id;

  private ClaimTable(
      Items items, String id, TableSettings settings, String owner, Fates lake, Requests requests) {
    KnownFates fates = new KnownFates(lake);
    this.workers = new Workers(settings.connections());
    ClaimItems claimItems =
        new ClaimItems(owner, settings.lease(), settings.timeToLive(), requests.clock());
    this.claims =
        new DynamoClaims(
            items,
            BatchInserts.ifTheServerCan(items),
            claimItems,
            new Judgement(fates, workers, requests.clock()),
            workers,
            requests.metrics());
    this.lines = new DynamoLines(items, claimItems, fates, workers);
    this.routeKeys = new DynamoRouteKeys(items, claimItems);
    this.items = items;
    this.id = id;
  }

  /**
   * Looks at the table, or makes it, if that is wanted.
   *
   * @param client made with {@link #clientSettings} and as many connections as the settings have
   * @param owner tells this process from all others: {@code host/pid/start}
   * @param fates of the commits of all processes that share the table
   * @param random tells how long to wait before a request is sent again
   * @throws dev.wadi.event.SetupException if the table isn't what Wadi needs
   * @throws dev.wadi.event.TransientException if it doesn't answer
   */
  public static ClaimTable open(
      DynamoDbClient client,
      TableSettings settings,
      String owner,
      Fates fates,
      Clock clock,
      RandomGenerator random,
      Metrics metrics) {
    return open(
        client,
        settings,
        owner,
        fates,
        new Requests(settings.table(), BACKOFF, settings.patience(), clock, random, metrics));
  }

  static ClaimTable open(
      DynamoDbClient client, TableSettings settings, String owner, Fates fates, Requests requests) {
    String id = new TableCheck(client, requests, settings).run();
    return new ClaimTable(new Items(client, requests), id, settings, owner, fates, requests);
  }

  /** What its client needs: requests are sent again, and counted, here and not by the SDK. */
  public static ClientOverrideConfiguration clientSettings() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .build();
  }

  /** The claims of all processes. */
  public SharedClaims claims() {
    return claims;
  }

  /** How far ordered sources have been accounted for, by whatever process. */
  public Lines lines() {
    return lines;
  }

  /** The keys of users' own routes, in all processes. */
  public RouteKeys routeKeys() {
    return routeKeys;
  }

  /**
   * Makes the table that of a lake, for good. The claims of commits of another would be settled by
   * the markers of this one, which has none: each would give up what the other has landed.
   *
   * @param lake where it is
   * @throws dev.wadi.event.SetupException if it is another lake's
   */
  public void requireLake(String lake) {
    new LakeOfTable(items).require(lake);
  }

  /**
   * Takes over what one process has landed before.
   *
   * @param sharing tells each time that processes begin to share the lake from the others
   */
  public Seeding seeding(String sharing) {
    return new Seeding(items, claims, sharing, id);
  }

  /** Requests that are underway fail. */
  @Override
  public void close() {
    workers.close();
  }
}
