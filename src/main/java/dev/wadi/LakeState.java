package dev.wadi;

import dev.wadi.deduplicate.CatchUp;
import dev.wadi.deduplicate.DerivedLedger;
import dev.wadi.deduplicate.SegmentLedger;
import dev.wadi.event.SetupException;
import dev.wadi.flatten.Columns;
import dev.wadi.land.CommitIds;
import dev.wadi.land.CommitLog;
import dev.wadi.land.FileLayout;
import dev.wadi.land.FileLimits;
import dev.wadi.land.LakeStore;
import dev.wadi.land.LandedKeyReader;
import dev.wadi.land.Partitioning;
import dev.wadi.land.SchemaLog;
import dev.wadi.land.Settlement;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Staging;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What everybody who writes to the lake needs of it, opened in the order that recovery asks for:
 * what a crash left open is settled, then the columns are read, then the ledger is brought up to
 * date; only then may anything be received.
 */
final class LakeState implements AutoCloseable {

  final LakeStore store;
  final CommitLog log;
  final Settlement settlement;
  final LakeSchema schema;
  final SchemaLog schemaLog;
  final LakeCommits commits;
  final SegmentLedger ledger;
  final Staging staging;
  final FileLayout layout;
  final CommitIds ids;
  final String writer;

  private final Closing closing = new Closing();

  /**
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws dev.wadi.event.SetupException if a folder can't be used
   */
  LakeState(
      Settings settings,
      DataFolder data,
      LakeStore store,
      Columns columns,
      Clock clock,
      StageTimes times) {
    this.store = store;
    FormatChoice choice = format(settings);
    layout =
        new FileLayout(
            new Partitioning(settings.list(Setting.LAND_PARTITION)),
            new FileLimits(
                settings.count(Setting.LAND_MAX_FILE_ROWS),
                settings.number(Setting.LAND_MAX_FILE_BYTES)));
    log = new CommitLog(store);
    writer = writer(clock);
    settlement = new Settlement(store, log, writer, clock);
    settlement.settleOpen();

    schema = new LakeSchema(columns);
    schemaLog = new SchemaLog(store, schema);
    schemaLog.load();
    checkNames(columns);

    commits =
        closing.opened(new LakeCommits(log, new LandedKeyReader(store, data.state("temporary"))));
    ledger = closing.opened(DerivedLedger.open(data.state(Ledgers.LEDGER)));
    new CatchUp(commits, clock).ledger(ledger);
    commits.close();

    FileFormat format = closing.opened(choice.open(times));
    staging =
        closing.opened(
            new Staging(
                data.state("staging"), format, settings.count(Setting.LAND_WRITERS), times));
    staging.sweep();
    ids = new CommitIds(clock, new SecureRandom(), lastCommit());
  }

  private static FormatChoice format(Settings settings) {
    return FormatChoice.of(
            settings.text(Setting.LAND_FORMAT), settings.text(Setting.LAND_COMPRESSION))
        .forEventsOf(settings.number(Setting.DECODE_MAX_EVENT_SIZE));
  }

  /** A reader of the plain files would not know whether the folder or the column is meant. */
  private void checkNames(Columns columns) {
    List<String> folders = layout.partitioning().columns();
    for (String name : folders) {
      if (columns.named(name) != null) {
        throw new SetupException(
            "%s is '%s', but events of this lake have a column %s of their own: choose others"
                .formatted(Setting.LAND_PARTITION.property(), String.join(",", folders), name));
      }
    }
  }

  /** The greatest commit id of the lake, aborted ones included; null if there is none. */
  String lastCommit() {
    String known = ledger.lastCommit();
    return Stream.concat(
            Stream.of(known).filter(Objects::nonNull), log.settledAfter(known).stream())
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  static String writer(Clock clock) {
    ProcessHandle process = ProcessHandle.current();
    return System.getenv().getOrDefault("HOSTNAME", "localhost")
        + "/"
        + process.pid()
        + "/"
        + clock.instant();
  }

  @Override
  public void close() {
    closing.close();
  }
}
