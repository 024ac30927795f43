package dev.wadi;

import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DeliveryLog;
import dev.wadi.deduplicate.DerivedLedger;
import dev.wadi.deduplicate.LedgerRouteKeys;
import dev.wadi.deduplicate.LineLog;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.deduplicate.dynamodb.ClaimTable;
import dev.wadi.deduplicate.dynamodb.TableSettings;
import dev.wadi.event.Deliveries;
import dev.wadi.event.Lines;
import dev.wadi.event.SharedClaims;
import dev.wadi.land.CommitIds;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.Landing;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * By what the routes tell what has landed: ledgers of this process's own, where it is the only
 * writer of the lake, or a table that it shares with others.
 */
final class Deduplication implements AutoCloseable {

  final CaffeineClaims claims;
  final SharedClaims shared;
  final Lines lines;
  final Deliveries deliveries;
  final Landing.ConfirmedDeliveries confirmed;
  final CommitIds ids;
  final RouteKeys routeKeys;

  private final Closing closing;

  private Deduplication(
      CaffeineClaims claims,
      SharedClaims shared,
      Lines lines,
      Deliveries deliveries,
      Landing.ConfirmedDeliveries confirmed,
      CommitIds ids,
      RouteKeys routeKeys,
      Closing closing) {
    this.claims = claims;
    this.shared = shared;
    this.lines = lines;
    this.deliveries = deliveries;
    this.confirmed = confirmed;
    this.ids = ids;
    this.routeKeys = routeKeys;
    this.closing = closing;
  }

  /**
   * That of the only writer of a lake.
   *
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws dev.wadi.event.SetupException if a folder can't be used
   */
  static Deduplication alone(Settings settings, DataFolder data, LakeState lake, Clock clock) {
    Closing closing = new Closing();
    try {
      LocalLedger local = closing.opened(new LocalLedger(lake, data, clock));
      SegmentLedger known = closing.opened(DerivedLedger.open(data.state(Ledgers.DELIVERIES)));
      DeliveryLog deliveries = new DeliveryLog(known);
      LineLog lines = LineLog.open(data.state(Ledgers.LINES));
      new CatchUp(local.commits, clock).deliveries(deliveries, lines);
      return new Deduplication(
          new CaffeineClaims(local.ledger, settings.count(Setting.DEDUPLICATE_CACHE_KEYS)),
          SharedClaims.NONE,
          lines,
          deliveries,
          deliveries::confirm,
          local.ids,
          closing.opened(
              new LedgerRouteKeys(SegmentLedger.open(data.state("route-keys"), OnDamage.REFUSE))),
          closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /**
   * That of one of many writers.
   *
   * @throws dev.wadi.event.TransientException if the store or the table doesn't answer
   * @throws dev.wadi.event.SetupException if the table isn't what Wadi needs
   */
  static Deduplication shared(
      Settings settings, DataFolder data, LakeState lake, Metrics metrics, Clock clock) {
    Closing closing = new Closing();
    try {
      ClaimTable table =
          closing.opened(
              ClaimTable.open(
                  closing.opened(new AwsClients(settings).claims()),
                  new TableSettings(
                      settings.text(Setting.DEDUPLICATE_TABLE),
                      // one that held claims is not replaced by an empty one without a word
                      lake.unseeded
                          && settings.text(Setting.DEDUPLICATE_CREATE_TABLE).equals("true"),
                      settings.duration(Setting.DEDUPLICATE_LEASE),
                      settings.duration(Setting.DEDUPLICATE_TIME_TO_LIVE),
                      settings.count(Setting.DEDUPLICATE_CONNECTIONS),
                      settings.duration(Setting.DEDUPLICATE_RETRY_TIME)),
                  lake.tenure.writer(),
                  lake.intents,
                  clock,
                  new SecureRandom(),
                  metrics));
      table.requireLake("s3://" + settings.text(Setting.LAND_BUCKET));
      String sharing = "epoch " + lake.tenure.epochs().sharing();
      if (lake.unseeded) {
        try (LakeCommits commits =
            new LakeCommits(lake.log, new LandedKeyReader(lake.store, data.state("temporary")))) {
          new TableSeeding(commits, table, sharing, clock).run();
        }
        lake.tenure.epochs().ready(settings.text(Setting.DEDUPLICATE_TABLE));
      } else {
        table.seeding(sharing).requireEnded();
      }
      return new Deduplication(
          CaffeineClaims.ofFlight(),
          table.claims(),
          table.lines(),
          (source, delivery) -> false,
          (commit, deliveries) -> {},
          // a feed that was noted while there was one writer looks at nothing before its last
          // commit
          CommitIds.behindAll(lake.log, clock, new SecureRandom()),
          table.routeKeys(),
          closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
