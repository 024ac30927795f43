package dev.wadi.land;

import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.SharedClaims;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the next commit of what waits: chooses its batches, and claims for them. */
final class Cutting {

  private static final Logger LOG = LoggerFactory.getLogger(Cutting.class);

  private final Gathering gathering;
  private final Cutter cutter;
  private final SharedCut sharedCut;
  private final boolean shared;
  private final Claims claims;
  private final CommitIds ids;
  private final Settlement settlement;
  private final Backoff backoff;
  private final Duration dependentWait;

  /**
   * @param maxEvents a commit takes batches until it has so many records; one at least
   * @param dependentWait how long to wait before what others have in flight is asked for again
   */
  Cutting(Gathering gathering, int maxEvents, Landing.Parts parts, Duration dependentWait) {
    this.gathering = gathering;
    this.cutter = new Cutter(parts.claims(), maxEvents);
    this.sharedCut = new SharedCut(parts.shared(), parts.lines(), cutter);
    this.shared = parts.shared() != SharedClaims.NONE;
    this.claims = parts.claims();
    this.ids = parts.ids();
    this.settlement = parts.settlement();
    this.backoff = parts.backoff();
    this.dependentWait = dependentWait;
  }

  /**
   * Cuts a commit. Where nothing can be cut now, waits a little.
   *
   * @param due the batches that wait, oldest first; they go on waiting until they are taken
   * @return what the commit is made of, claimed and not yet noted; empty if nothing can be cut
   * @throws dev.wadi.event.TransientException if what other processes share can't be asked; nothing
   *     is held then
   * @throws dev.wadi.event.SetupException the same, until somebody has mended it
   */
  Optional<CutBatches> next(List<Batch> due) throws InterruptedException {
    List<Batch> waiting = new ArrayList<>(due);
    waiting.removeAll(endGivenUp(waiting));
    List<Batch> chosen = cutter.choose(waiting);
    if (chosen.isEmpty()) {
      gathering.awaitChange(dependentWait);
      return Optional.empty();
    }
    String id = ids.next();
    CutBatches cut = claim(id, chosen);
    if (cut.batches().isEmpty()) {
      // others, who ask for the same, should not do it again at the same moment
      gathering.awaitChange(dependentWait.multipliedBy(1 + Math.floorMod(id.hashCode(), 4)));
      return Optional.empty();
    }
    return Optional.of(cut);
  }

  private CutBatches claim(String id, List<Batch> chosen) throws InterruptedException {
    CutBatches cut;
    try {
      cut = sharedCut.claim(id, chosen);
    } catch (RuntimeException | Error e) {
      giveUpClaims(id);
      throw e;
    }
    if (cut.isGivenUp()) {
      giveUpClaims(id);
      end(cut.refused(), "another process has read on behind");
    }
    return cut;
  }

  /** What a commit holds of what processes share ends with its marker. */
  private void giveUpClaims(String id) throws InterruptedException {
    if (shared) {
      backoff.untilItSucceeds(
          () -> settlement.settle(id, List.of()),
          e -> LOG.warn("the claims of commit={} can't be given up yet: {}", id, e.toString()));
    }
  }

  /** Fails those of the batches that their source has given up, and those behind them. */
  private List<Batch> endGivenUp(List<Batch> waiting) {
    List<Batch> givenUp =
        waiting.stream()
            .filter(
                batch -> batch.isGivenUp() || batch.before().filter(Batch::isGivenUp).isPresent())
            .toList();
    end(givenUp, "its source has given it up");
    return givenUp;
  }

  private void end(List<Batch> batches, String why) {
    gathering
        .take(batches)
        .forEach(
            (batch, landed) -> {
              claims.releaseAll(batch);
              landed.completeExceptionally(new IllegalStateException(batch + ": " + why));
            });
  }
}
