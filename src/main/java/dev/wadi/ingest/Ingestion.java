package dev.wadi.ingest;

import dev.wadi.deadletter.ByteStore;
import dev.wadi.deadletter.DeadLetterRow;
import dev.wadi.deduplicate.BulkDecision;
import dev.wadi.deduplicate.LandedKeys;
import dev.wadi.deduplicate.Ledger;
import dev.wadi.event.EventBlock;
import dev.wadi.event.EventKey;
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

/**
 * Lands what the files hold, one commit after the other, while the blocks of the next one are being
 * decoded. The records count in the order of the files, so the same files always give the same
 * outcome, whatever the number of threads.
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
    LandedKeys landed = parts.times().time(Stage.DECIDE, () -> decision.decide(blocks));
    Letters letters = letters(blocks);
    for (Outcome.Candidate letter : letters.fresh) {
      EventKey key = letter.event().key();
      landed.add(key.high(), key.low(), 0);
    }
    Failpoint.reach("claimed");
    List<StagedObject> objects = parts.stager().stage(commit, cutAt, blocks, letters.fresh);
    Failpoint.reach("staged");
    try {
      Manifest manifest = manifest(commit, cutAt, blocks, letters, objects);
      Manifest marker =
          parts.times().time(Stage.PUBLISH, () -> parts.publisher().publish(manifest, objects));
      parts.times().run(Stage.LEDGER, () -> landed.appendTo(parts.ledger(), commit));
      Failpoint.reach("confirmed");
      long diskBytes = gathered.stream().mapToLong(DecodedPiece::diskBytes).sum();
      parts.listener().landed(marker, diskBytes, Duration.between(cutAt, parts.clock().instant()));
    } finally {
      parts.stager().discard(commit);
    }
    pieces.giveBack(gathered);
    gathered = new ArrayList<>();
    events = 0;
    bytes = 0;
    oldest = null;
  }

  /**
   * The dead letters of a commit.
   *
   * @param ids of all of them
   * @param fresh those that have not been archived before
   */
  private record Letters(List<String> ids, List<Outcome.Candidate> fresh) {}

  private Letters letters(List<EventBlock> blocks) {
    Map<EventKey, Outcome.Candidate> letters = new LinkedHashMap<>();
    List<String> ids = new ArrayList<>();
    for (EventBlock block : blocks) {
      for (Rejected rejected : block.rejected()) {
        Outcome.Candidate letter = DeadLetterRow.of(rejected, ARCHIVE, parts.bytes());
        letters.putIfAbsent(letter.event().key(), letter);
        ids.add(letter.event().id());
      }
    }
    letters.keySet().removeAll(parts.ledger().findAll(letters.keySet()).keySet());
    return new Letters(ids, List.copyOf(letters.values()));
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
