package dev.wadi;

import dev.wadi.event.SetupException;
import dev.wadi.flatten.Columns;
import dev.wadi.land.CommitLog;
import dev.wadi.land.Epochs;
import dev.wadi.land.FileLayout;
import dev.wadi.land.FileLimits;
import dev.wadi.land.LakeStore;
import dev.wadi.land.OpenIntents;
import dev.wadi.land.Partitioning;
import dev.wadi.land.SchemaLog;
import dev.wadi.land.Settlement;
import dev.wadi.land.Tenure;
import dev.wadi.land.format.FileFormat;
import dev.wadi.land.format.FormatChoice;
import dev.wadi.land.format.Staging;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import java.time.Clock;
import java.util.List;

/**
 * What everybody who writes to the lake needs of it, opened in the order that recovery asks for:
 * the right to write is taken, what others left open is settled, then the columns are read. What
 * has landed is known by {@link Deduplication}, opened behind it; only then may anything be
 * received.
 */
final class LakeState implements AutoCloseable {

  final LakeStore store;
  final CommitLog log;
  final Tenure tenure;
  final Settlement settlement;
  final OpenIntents intents;
  final LakeSchema schema;
  final SchemaLog schemaLog;
  final Staging staging;
  final FileLayout layout;

  /** Whether the table of claims may lack what the lake has. */
  final boolean unseeded;

  private final Closing closing = new Closing();

  /**
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws SetupException if a folder can't be used, or others write to the lake
   */
  LakeState(
      Settings settings,
      DataFolder data,
      LakeStore store,
      Columns columns,
      Clock clock,
      StageTimes times) {
    this.store = store;
    FormatChoice choice = SettingsRules.format(settings);
    layout =
        new FileLayout(
            new Partitioning(settings.list(Setting.LAND_PARTITION)),
            new FileLimits(
                settings.count(Setting.LAND_MAX_FILE_ROWS),
                settings.number(Setting.LAND_MAX_FILE_BYTES)),
            settings.text(Setting.LAND_DUPLICATES_FOLDER));
    log = new CommitLog(store);
    String writer = writer(clock);
    FormerWriters former = FormerWriters.join(data, writer);
    tenure =
        new Tenure(
            writer, new Epochs(store, writer, clock), settings.duration(Setting.DEDUPLICATE_LEASE));
    settlement = new Settlement(store, log, writer, clock);
    intents = new OpenIntents(log, settlement, writer, former.ended(), clock, OpenIntents.GRACE);
    unseeded = enter(settings, data);
    former.settled();

    schema = new LakeSchema(columns);
    schemaLog = new SchemaLog(store, schema);
    schemaLog.load();
    checkNames(columns);

    FileFormat format = closing.opened(choice.open(times));
    staging =
        closing.opened(
            new Staging(
                data.state("staging"), format, settings.count(Setting.LAND_WRITERS), times));
    staging.sweep();
  }

  /** Whether its writers share a table of claims. */
  static boolean isShared(Settings settings) {
    return settings.text(Setting.DEDUPLICATE_REPOSITORY).equals("dynamodb");
  }

  private boolean enter(Settings settings, DataFolder data) {
    if (!isShared(settings)) {
      tenure.epochs().enterAlone();
      intents.settleAll();
      Ledgers.forgetIfShared(tenure.epochs(), data);
      return false;
    }
    boolean lacks = tenure.epochs().enterShared(settings.text(Setting.DEDUPLICATE_TABLE));
    if (lacks) {
      intents.settleAll();
    } else {
      intents.settleAbandoned();
    }
    return lacks;
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
