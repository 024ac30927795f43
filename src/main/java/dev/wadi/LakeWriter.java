package dev.wadi;

import dev.wadi.flatten.Columns;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Landing;
import dev.wadi.land.S3LakeStore;
import dev.wadi.land.Stager;
import dev.wadi.land.feed.FeedLake;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Metrics;
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
  final Deduplication known;
  final Landing landing;

  /** What feeds of what has landed read. */
  final FeedLake feeds;

  private final Closing closing = new Closing();

  /**
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws dev.wadi.event.SetupException if a folder can't be used, or others write to the lake
   */
  LakeWriter(
      Settings settings,
      DataFolder data,
      LakeStore store,
      Columns columns,
      Landing.Landed listener,
      Metrics metrics,
      Clock clock) {
    this.columns = columns;
    this.store = store;
    LakeState lake =
        closing.opened(new LakeState(settings, data, store, columns, clock, StageTimes.OFF));
    feeds =
        new FeedLake(
            store,
            lake.log,
            data.state("feeds"),
            lake.tenure.writer(),
            LakeState.isShared(settings),
            clock);
    known =
        closing.opened(
            LakeState.isShared(settings)
                ? Deduplication.shared(settings, data, lake, metrics, clock)
                : Deduplication.alone(settings, data, lake, clock));
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
                known.claims,
                known.shared,
                known.lines,
                known.confirmed,
                known.ids,
                lake.tenure,
                clock,
                new Backoff(settings.duration(Setting.LAND_RETRY_DELAY), GREATEST_BACKOFF),
                listener));
    closing.opened(new Janitor(lake.intents, lake.tenure.lease()));
  }

  /** The lake that the settings name, in the store of the services. */
  static LakeStore storeOf(Settings settings, Services services) {
    return new S3LakeStore(services.s3(), settings.text(Setting.LAND_BUCKET));
  }

  @Override
  public void close() {
    landing.close();
    closing.close();
  }
}
