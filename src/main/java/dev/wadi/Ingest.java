package dev.wadi;

import dev.wadi.decode.DecodeLimits;
import dev.wadi.decode.Decoder;
import dev.wadi.decode.FastDecoder;
import dev.wadi.event.SetupException;
import dev.wadi.flatten.Columns;
import dev.wadi.flatten.Flatten;
import dev.wadi.flatten.TapeSink;
import dev.wadi.ingest.BlockDecoder;
import dev.wadi.ingest.DecodedPieces;
import dev.wadi.ingest.FileRuns;
import dev.wadi.ingest.Ingestion;
import dev.wadi.intake.file.FileSource;
import dev.wadi.intake.file.Format;
import dev.wadi.intake.file.Input;
import dev.wadi.intake.file.Limits;
import dev.wadi.intake.file.Resume;
import dev.wadi.land.BulkStager;
import dev.wadi.land.Publisher;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.StageTimes;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The composition root of an ingest of files, as {@link Application} is that of the routes. */
public final class Ingest implements AutoCloseable {

  private static final Duration GREATEST_BACKOFF = Duration.ofSeconds(30);

  /** Enough for a thread to be busy while a commit is decided; more would only take memory. */
  private static final int PIECES_AHEAD = 3;

  private final Settings settings;
  private final Clock clock = Clock.systemUTC();
  private final Closing closing = new Closing();
  private final FileSource source;
  private final LakeState lake;
  private final LocalLedger known;
  private final Shape shape;
  private final Columns columns;
  private final FileRuns runs;
  private final StageTimes times;
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());

  /**
   * Opens the lake, and the files to read.
   *
   * @param data the data folder
   * @param shapes the user's folder of shapes, or null
   * @param inputs what to read, in order
   * @param format of all of them, or null to tell it from each one's content
   * @throws SetupException if something must be mended first; nothing is landed then
   */
  public Ingest(Settings settings, Path data, Path shapes, List<Input> inputs, Format format) {
    this(settings, data, shapes, inputs, format, StageTimes.OFF);
  }

  /** The same, measured. */
  public Ingest(
      Settings settings,
      Path data,
      Path shapes,
      List<Input> inputs,
      Format format,
      StageTimes times) {
    this.settings = settings;
    this.times = times;
    if (LakeState.isShared(settings)) {
      throw new SetupException(
          "ingest tells duplicates by a ledger of its own, and this lake's writers share a table: send"
              + " the events to their queue, or land them while "
              + Setting.DEDUPLICATE_REPOSITORY.property()
              + " is caffeine");
    }
    try {
      shape =
          new Shapes(shapes, DecodeSettings.ofShapes(settings))
              .named(settings.text(Setting.DECODE_SHAPE));
      Limits limits =
          new Limits(
              Limits.DEFAULT.pieceBytes(), (int) settings.number(Setting.DECODE_MAX_EVENT_SIZE));
      // what can't be read is told before anything is made
      source = closing.opened(FileSource.open(inputs, format, Resume.NOTHING, limits));
      DataFolder folder = closing.opened(DataFolder.lock(data));
      columns = new Columns(settings.count(Setting.FLATTEN_MAX_COLUMNS), shape.columns(), metrics);
      lake =
          closing.opened(
              new LakeState(
                  settings,
                  folder,
                  Compactor.store(settings, folder, closing),
                  columns,
                  clock,
                  times));
      known = closing.opened(new LocalLedger(lake, folder, clock));
      runs = FileRuns.open(folder.state("ingest.json"), lake.log, shape.name());
      source.goOn(runs.resume(inputs.stream().map(Input::name).toList()));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** The size of the files on disk, or -1 if one's can't be known. */
  public long totalBytes() {
    return source.totalBytes();
  }

  /**
   * Lands all that the files hold.
   *
   * @throws dev.wadi.event.TransientException if a file, the disk or the store fails; what was
   *     committed stands, and another run goes on from there
   */
  public void run(Ingestion.Landed listener) throws InterruptedException {
    int threads = settings.count(Setting.INGEST_THREADS);
    List<BlockDecoder> decoders = Stream.generate(this::decoder).limit(threads).toList();
    Ingestion.Cut cut =
        new Ingestion.Cut(
            settings.count(Setting.INGEST_MAX_EVENTS),
            settings.number(Setting.INGEST_MAX_BYTES),
            settings.duration(Setting.INGEST_MAX_AGE));
    int ahead = PIECES_AHEAD * threads;
    runs.begin(source.files(), known.ids::next, known.lastCommit());
    Backoff backoff = new Backoff(settings.duration(Setting.LAND_RETRY_DELAY), GREATEST_BACKOFF);
    Publisher publisher =
        new Publisher(
            lake.store,
            lake.log,
            lake.settlement,
            lake.tenure.lease(),
            lake.tenure.epochs()::requireCurrent,
            clock,
            backoff,
            settings.count(Setting.LAND_RETRY_ATTEMPTS) + 1);
    try (DecodedPieces pieces = new DecodedPieces(source, decoders, ahead, times)) {
      new Ingestion(
              cut,
              new Ingestion.Parts(
                  new BulkStager(
                      lake.staging, lake.schema, lake.schemaLog, Ingestion.SOURCE, lake.layout),
                  publisher,
                  known.ledger,
                  known.ids,
                  lake.store::putIfAbsent,
                  lake.tenure.writer(),
                  clock,
                  listener,
                  times),
              runs)
          .run(pieces);
    }
    runs.end();
  }

  private BlockDecoder decoder() {
    DecodeLimits limits = DecodeSettings.limits(settings);
    int depth = settings.count(Setting.FLATTEN_MAX_DEPTH);
    TapeSink sink = new TapeSink(columns);
    return new BlockDecoder(
        Ingestion.SOURCE,
        shape.name(),
        new FastDecoder(shape, limits, depth, sink, metrics),
        new Decoder(shape, limits, metrics),
        new Flatten(columns, depth),
        sink,
        clock);
  }

  @Override
  public void close() {
    closing.close();
  }
}
