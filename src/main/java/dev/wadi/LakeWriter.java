package dev.wadi;

import dev.wadi.deduplicate.CaffeineClaims;
import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DeliveryLog;
import dev.wadi.deduplicate.OnDamage;
import dev.wadi.deduplicate.RouteKeys;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.event.SetupException;
import dev.wadi.flatten.Columns;
import dev.wadi.land.CommitIds;
import dev.wadi.land.CommitLog;
import dev.wadi.land.FileLimits;
import dev.wadi.land.LakeStore;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.Landing;
import dev.wadi.land.Partitioning;
import dev.wadi.land.S3LakeStore;
import dev.wadi.land.SchemaLog;
import dev.wadi.land.Settlement;
import dev.wadi.land.Stager;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Staging;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that writes to the lake, opened in the order that recovery asks for: what a crash left open
 * is settled, then the columns are read, then the ledgers are brought up to date; only then may
 * anything be received.
 */
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
    FormatChoice choice = format(settings);
    Partitioning partitioning = new Partitioning(settings.list(Setting.LAND_PARTITION));
    store = new S3LakeStore(services.s3(), settings.text(Setting.LAND_BUCKET));
    CommitLog log = new CommitLog(store);
    String writer = writer(clock);
    Settlement settlement = new Settlement(store, log, writer, clock);
    settlement.settleOpen();

    LakeSchema schema = new LakeSchema(columns);
    SchemaLog schemaLog = new SchemaLog(store, schema);
    schemaLog.load();
    checkNames(partitioning);

    SegmentLedger ledger =
        closing.opened(SegmentLedger.open(data.state("ledger"), OnDamage.FALL_BACK));
    SegmentLedger known =
        closing.opened(SegmentLedger.open(data.state("deliveries"), OnDamage.FALL_BACK));
    deliveries = new DeliveryLog(known);
    CatchUp catchUp =
        new CatchUp(
            new LakeCommits(log, new LandedKeyReader(store, data.state("temporary"))), clock);
    catchUp.ledger(ledger);
    catchUp.deliveries(deliveries);
    claims = new CaffeineClaims(ledger, settings.count(Setting.DEDUPLICATE_CACHE_KEYS));
    routeKeys =
        closing.opened(
            new RouteKeys(SegmentLedger.open(data.state("route-keys"), OnDamage.REFUSE)));

    FileFormat format = closing.opened(choice.open());
    Staging staging =
        closing.opened(
            new Staging(data.state("staging"), format, settings.count(Setting.LAND_WRITERS)));
    staging.sweep();
    landing =
        new Landing(
            new Landing.Cut(
                settings.count(Setting.LAND_MAX_EVENTS),
                settings.number(Setting.LAND_MAX_BYTES),
                settings.duration(Setting.LAND_MAX_AGE),
                settings.duration(Setting.LAND_FIRST_AGE)),
            new Landing.Parts(
                new Stager(
                    staging,
                    schema,
                    schemaLog,
                    new Stager.Layout(
                        partitioning,
                        new FileLimits(
                            settings.count(Setting.LAND_MAX_FILE_ROWS),
                            settings.number(Setting.LAND_MAX_FILE_BYTES))),
                    clock),
                log,
                settlement,
                claims,
                deliveries::confirm,
                new CommitIds(clock, new SecureRandom(), lastCommit(log, ledger)),
                writer,
                clock,
                new Backoff(settings.duration(Setting.LAND_RETRY_DELAY), GREATEST_BACKOFF),
                listener));
  }

  private static FormatChoice format(Settings settings) {
    return FormatChoice.of(
            settings.text(Setting.LAND_FORMAT), settings.text(Setting.LAND_COMPRESSION))
        .forEventsOf(settings.number(Setting.DECODE_MAX_EVENT_SIZE));
  }

  /** A reader of the plain files would not know whether the folder or the column is meant. */
  private void checkNames(Partitioning partitioning) {
    for (String name : partitioning.columns()) {
      if (columns.named(name) != null) {
        throw new SetupException(
            "%s is '%s', but events of this lake have a column %s of their own: choose others"
                .formatted(
                    Setting.LAND_PARTITION.property(),
                    String.join(",", partitioning.columns()),
                    name));
      }
    }
  }

  /** The greatest commit id of the lake, aborted ones included; null if there is none. */
  private static String lastCommit(CommitLog log, SegmentLedger ledger) {
    String known = ledger.lastCommit();
    return Stream.concat(
            Stream.of(known).filter(Objects::nonNull), log.settledAfter(known).stream())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String writer(Clock clock) {
    ProcessHandle process = ProcessHandle.current();
    return System.getenv().getOrDefault("HOSTNAME", "localhost")
        + "/"
        + process.pid()
        + "/"
        + clock.instant();
  }

  @Override
  public void close() {
    landing.close();
    closing.close();
  }
}
