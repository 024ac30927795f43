package dev.wadi;

import dev.wadi.land.CommitLog;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.LakeStore;
import dev.wadi.land.Publisher;
import dev.wadi.land.S3LakeStore;
import dev.wadi.land.SchemaLog;
import dev.wadi.land.Settlement;
import dev.wadi.land.compact.Compaction;
import dev.wadi.land.compact.CompactionLimits;
import dev.wadi.land.compact.CompactionReport;
import dev.wadi.land.compact.CsvJoiner;
import dev.wadi.land.compact.Joiner;
import dev.wadi.land.compact.JsonLinesJoiner;
import dev.wadi.land.compact.ParquetJoiner;
import dev.wadi.land.format.Compression;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The composition root of a compaction, as {@link Application} is that of the routes. It opens the
 * lake anew for each run, and holds the compaction's lock only so long.
 */
public final class Compactor {

  private static final Duration GREATEST_BACKOFF = Duration.ofSeconds(30);

  /** Its files are large, and nobody waits for what it has in hand. */
  private static final Duration LEASE = Duration.ofHours(6);

  private final Settings settings;
  private final Path data;
  private final Clock clock;

  /**
   * @param data the data folder, made if it isn't there
   */
  public Compactor(Settings settings, Path data, Clock clock) {
    this.settings = settings;
    this.data = data;
    this.clock = clock;
  }

  /**
   * Joins what there is to join; see {@link Compaction#run}.
   *
   * @param stopping asked again and again whether to end early
   * @throws dev.wadi.event.SetupException if another compaction is at work on the data folder
   */
  public CompactionReport run(BooleanSupplier stopping) throws InterruptedException {
    try (Closing closing = new Closing()) {
      DataFolder folder = closing.opened(DataFolder.lockForCompaction(data));
      LakeStore store = store(settings, folder, closing);
      CommitLog log = new CommitLog(store);
      String writer = LakeState.writer(clock);
      Settlement settlement = new Settlement(store, log, writer, clock);
      Publisher publisher =
          new Publisher(
              store,
              log,
              settlement,
              LEASE,
              // whoever writes to the lake, a compaction adds nothing to it
              () -> {},
              clock,
              new Backoff(settings.duration(Setting.LAND_RETRY_DELAY), GREATEST_BACKOFF),
              settings.count(Setting.LAND_RETRY_ATTEMPTS) + 1);
      CompactionLimits limits =
          new CompactionLimits(
              settings.number(Setting.COMPACT_TARGET_SIZE),
              settings.count(Setting.COMPACT_MIN_FILES),
              settings.duration(Setting.COMPACT_MIN_AGE),
              settings.duration(Setting.COMPACT_KEEP));
      return new Compaction(
              limits,
              new Compaction.Parts(
                  store,
                  log,
                  settlement,
                  publisher,
                  joiners(store, limits.targetBytes(), folder, closing),
                  folder.state("compact"),
                  writer,
                  clock,
                  new SecureRandom()))
          .run(stopping);
    }
  }

  private List<Joiner> joiners(
      LakeStore store, long targetBytes, DataFolder folder, Closing closing) {
    List<Joiner> joiners = new ArrayList<>();
    joiners.add(
        closing.opened(
            new ParquetJoiner(
                SchemaLog.types(store),
                compressionOfParquet(),
                targetBytes,
                settings.number(Setting.COMPACT_MEMORY),
                folder.state("compact").resolve("spill"))));
    for (Compression compression : List.of(Compression.ZSTD, Compression.GZIP, Compression.NONE)) {
      joiners.add(new JsonLinesJoiner(compression, targetBytes));
      joiners.add(new CsvJoiner(compression, targetBytes));
    }
    return joiners;
  }

  /** The setting is about the format that is written now. */
  private Compression compressionOfParquet() {
    return settings.text(Setting.LAND_FORMAT).equals("parquet")
        ? Compression.named(settings.text(Setting.LAND_COMPRESSION))
        : Compression.ZSTD;
  }

  /** The lake of a profile, without what the profile embeds. */
  static LakeStore store(Settings settings, DataFolder folder, Closing closing) {
    String bucket = settings.text(Setting.LAND_BUCKET);
    return settings.profile().equals("local")
        ? new FolderLakeStore(folder.root().resolve(bucket))
        : new S3LakeStore(closing.opened(Services.aws(settings)).s3(), bucket);
  }
}
