package dev.wadi;

import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DeliveryLog;
import dev.wadi.deduplicate.DerivedLedger;
import dev.wadi.deduplicate.LedgerRouteKeys;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.flatten.Columns;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Landing;
import dev.wadi.land.S3LakeStore;
import dev.wadi.land.Stager;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import java.time.Clock;
import java.time.Duration;

/** All that the routes write to the lake by; nothing may be received before it is open. */
final class LakeWriter implements AutoCloseable {

  private static final Duration GREATEST_BACKOFF = Duration.ofSeconds(30);

  final LakeStore store;
  final Columns columns;
  final CaffeineClaims claims;
  final DeliveryLog deliveries;
  final RouteKeys routeKeys;
  final Landing landing;

  private final Closing closing = new Closing();

  /**
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws dev.wadi.event.SetupException if a folder can't be used
   */
  LakeWriter(
      Settings settings,
      DataFolder data,
      Services services,
      Columns columns,
      Landing.Landed listener,
      Clock clock) {
    this.columns = columns;
    store = new S3LakeStore(services.s3(), settings.text(Setting.LAND_BUCKET));
    LakeState lake =
        closing.opened(new LakeState(settings, data, store, columns, clock, StageTimes.OFF));
    SegmentLedger known = closing.opened(DerivedLedger.open(data.state(Ledgers.DELIVERIES)));
    deliveries = new DeliveryLog(known);
    new CatchUp(lake.commits, clock).deliveries(deliveries);
    claims = new CaffeineClaims(lake.ledger, settings.count(Setting.DEDUPLICATE_CACHE_KEYS));
    routeKeys =
        closing.opened(
            new LedgerRouteKeys(SegmentLedger.open(data.state("route-keys"), OnDamage.REFUSE)));
    landing =
        new Landing(
            new Landing.Cut(
                settings.count(Setting.LAND_MAX_EVENTS),
                settings.number(Setting.LAND_MAX_BYTES),
                settings.duration(Setting.LAND_MAX_AGE),
                settings.duration(Setting.LAND_FIRST_AGE)),
            new Landing.Parts(
                new Stager(lake.staging, lake.schema, lake.schemaLog, lake.layout, clock),
                lake.log,
                lake.settlement,
                claims,
                deliveries::confirm,
                lake.ids,
                lake.writer,
                clock,
                new Backoff(settings.duration(Setting.LAND_RETRY_DELAY), GREATEST_BACKOFF),
                listener));
  }

  @Override
  public void close() {
    landing.close();
    closing.close();
  }
}
