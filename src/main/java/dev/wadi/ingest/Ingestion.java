package dev.wadi.ingest;

import dev.wadi.deadletter.ByteStore;
import dev.wadi.deadletter.DeadLetterRow;
import dev.wadi.deduplicate.BulkDecision;
import dev.wadi.deduplicate.Ledger;
import dev.wadi.event.EventBlock;
import dev.wadi.event.Outcome;
import dev.wadi.event.Rejected;
import dev.wadi.land.BulkStager;
import dev.wadi.land.CommitIds;
import dev.wadi.land.Manifest;
import dev.wadi.land.Publisher;
import dev.wadi.land.StagedObject;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.StageTimes;
import dev.wadi.ops.StageTimes.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Lands what the files hold, one commit after the other. While one is published, the next is
 * staged, and the blocks of the one after that are being decoded. The records count in the order of
 * the files, so the same files always give the same outcome, whatever the number of threads.
 */
public final class Ingestion {

  /** The name of the source in manifests. */
  public static final String SOURCE = "file";

  /** The name of the source that dead letters are archived by, in the commit that has them. */
  public static final String ARCHIVE = "file-dlq";

  /** Told of what has landed. */
  public interface Landed {
    /**
     * A commit stands, and the ledger has it.
     *
     * @param diskBytes how many bytes of the files it accounts for
     */
    void landed(Manifest manifest, long diskBytes, Duration took);
  }

  /** When a commit is cut. */
  public record Cut(int maxEvents, long maxBytes, Duration maxAge) {}

  /** What an ingestion works with. */
  public record Parts(
      BulkStager stager,
      Publisher publisher,
      Ledger ledger,
      CommitIds ids,
      ByteStore bytes,
      String writer,
      Clock clock,
      Landed listener,
      StageTimes times) {}

  private final Cut cut;
  private final Parts parts;
  private final BulkDecision decision;
  private final FileRuns runs;

  /** Publishes one commit while the next is being staged. */
  private final ExecutorService publisher =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "wadi-publish");
            thread.setDaemon(true);
            return thread;
          });

  private Future<?> publishing = CompletableFuture.completedFuture(null);
  private List<DecodedPiece> gathered = new ArrayList<>();
  private long events;
  private long bytes;
  private Instant oldest;

  /**
   * @param runs what run each file belongs to
   */
  public Ingestion(Cut cut, Parts parts, FileRuns runs) {
    this.cut = cut;
    this.parts = parts;
    this.decision = new BulkDecision(parts.ledger());
    this.runs = runs;
  }

  /**
   * Lands all that the pieces hold.
   *
   * @throws dev.wadi.event.TransientException if a file, the disk or the store fails: what was
   *     committed stands, nothing else is visible, and a second run goes on from there
   */
  public void run(DecodedPieces pieces) throws InterruptedException {
    try {
      for (DecodedPiece piece = pieces.next(); piece != null; piece = pieces.next()) {
        gathered.add(piece);
        events += piece.events().count();
        bytes += piece.size();
        oldest = oldest == null ? piece.events().receivedAt() : oldest;
        if (isDue()) {
          land(pieces);
        }
      }
      if (!gathered.isEmpty()) {
        land(pieces);
      }
      parts.times().run(Stage.AWAIT_COMMIT, this::awaitPublished);
    } finally {
      // whatever has failed, a commit that is on its way is led to its end
      publisher.shutdown();
      publisher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  private boolean isDue() {
    return events >= cut.maxEvents()
        || bytes >= cut.maxBytes()
        || Duration.between(oldest, parts.clock().instant()).compareTo(cut.maxAge()) >= 0;
  }

  private void land(DecodedPieces pieces) throws InterruptedException {
    Instant cutAt = parts.clock().instant();
    String commit = parts.ids().next();
    List<EventBlock> blocks = gathered.stream().map(DecodedPiece::events).toList();
    BulkDecision.Decided decided = parts.times().time(Stage.DECIDE, () -> decision.decide(blocks));
    Letters letters = letters(blocks, decided);
    Failpoint.reach("claimed");
    List<StagedObject> objects = parts.stager().stage(commit, cutAt, blocks, letters.fresh);
    Failpoint.reach("staged");
    Manifest manifest = manifest(commit, cutAt, blocks, letters, objects);
    long diskBytes = gathered.stream().mapToLong(DecodedPiece::diskBytes).sum();
    pieces.giveBack(gathered);
    gathered = new ArrayList<>();
    events = 0;
    bytes = 0;
    oldest = null;
    parts.times().run(Stage.AWAIT_COMMIT, this::awaitPublished);
    publishing =
        publisher.submit(
            () -> {
              publish(manifest, objects, decided, diskBytes);
              return null;
            });
  }

  private void publish(
      Manifest manifest, List<StagedObject> objects, BulkDecision.Decided decided, long diskBytes)
      throws InterruptedException {
    Instant began = parts.clock().instant();
    try {
      Manifest marker =
          parts.times().time(Stage.PUBLISH, () -> parts.publisher().publish(manifest, objects));
      parts.times().run(Stage.LEDGER, () -> decided.confirm(manifest.commit()));
      Failpoint.reach("confirmed");
      parts.listener().landed(marker, diskBytes, Duration.between(began, parts.clock().instant()));
    } finally {
      parts.stager().discard(manifest.commit());
    }
  }

  /** Waits for the commit before: those after it stand only if it does. */
  private void awaitPublished() throws InterruptedException {
    try {
      publishing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * The dead letters of a commit.
   *
   * @param ids of all of them
   * @param fresh those that have not been archived before
   */
  private record Letters(List<String> ids, List<Outcome.Candidate> fresh) {}

  private Letters letters(List<EventBlock> blocks, BulkDecision.Decided decided) {
    List<String> ids = new ArrayList<>();
    List<Outcome.Candidate> fresh = new ArrayList<>();
    for (EventBlock block : blocks) {
      for (Rejected rejected : block.rejected()) {
        Outcome.Candidate letter = DeadLetterRow.of(rejected, ARCHIVE, parts.bytes());
        ids.add(letter.event().id());
        if (decided.takeLetter(letter.event().key())) {
          fresh.add(letter);
        }
      }
    }
    return new Letters(ids, fresh);
  }

  private Manifest manifest(
      String commit,
      Instant cutAt,
      List<EventBlock> blocks,
      Letters letters,
      List<StagedObject> objects) {
    Map<String, Manifest.SourceCount> sources = new LinkedHashMap<>();
    sources.put(SOURCE, count(blocks));
    if (!letters.ids.isEmpty()) {
      int archived = letters.fresh.size();
      sources.put(
          ARCHIVE,
          new Manifest.SourceCount(
              archived, archived, 0, 0, 0, 0, letters.ids.size() - archived, Map.of(), List.of()));
    }
    return new Manifest(
        commit,
        Manifest.State.COMMITTED,
        parts.writer(),
        cutAt.toString(),
        cutAt.toString(),
        objects.stream().map(Manifest.LandedFile::of).toList(),
        sources,
        letters.ids,
        runs.ranges(gathered));
  }

  private static Manifest.SourceCount count(List<EventBlock> blocks) {
    long[] counts = new long[EventBlock.Fate.values().length];
    for (EventBlock block : blocks) {
      for (int n = 0; n < block.count(); n++) {
        counts[block.fate(n).ordinal()]++;
      }
    }
    long landed = counts[EventBlock.Fate.LANDS.ordinal()];
    long duplicates = counts[EventBlock.Fate.DUPLICATE.ordinal()];
    long conflicts = counts[EventBlock.Fate.CONFLICT.ordinal()];
    long rejected = counts[EventBlock.Fate.REJECTED.ordinal()];
    return new Manifest.SourceCount(
        landed + duplicates + conflicts + rejected,
        landed,
        duplicates,
        conflicts,
        rejected,
        0,
        0,
        Map.of(),
        List.of());
  }
}
