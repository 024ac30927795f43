package dev.wadi.land;

import dev.wadi.event.Account;
import dev.wadi.event.Batch;
import dev.wadi.event.Claims;
import dev.wadi.event.Lines;
import dev.wadi.event.Outcome;
import dev.wadi.event.SetupException;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Failpoint;
import dev.wadi.ops.HealthCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches at {@code stage} and leads each commit through the protocol: cut, staged, intent;
 * published by the route; COMMITTED, confirmed. One commit at a time: {@link #next}, {@link
 * #commit} and {@link #end} are called by one thread; {@link #stage} by any.
 */
public final class Landing {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  /**
   * How old the id of a commit of one of many writers may be when its intent is there. One that is
   * older, since its process was asleep, is tried again under another id: so whoever follows the
   * commits by their ids knows behind which none can appear any more.
   */
  public static final Duration LATEST_INTENT = Duration.ofMinutes(30);

  private static final Duration DEPENDENT_WAIT = Duration.ofMillis(200);

  /** Told of what landed, for metrics and the page. */
  public interface Landed {
    /**
     * A commit stands and is confirmed.
     *
     * @param took from its cut until now
     */
    void landed(Manifest manifest, Duration took);

    /** Another process writes to the lake now: nothing lands any more. */
    void fenced(FencedException why);
  }

  private final Gathering gathering;
  private final Cutting cutting;
  private final boolean shared;
  private final Stager stager;
  private final CommitLog log;
  private final Settlement settlement;
  private final Claims claims;
  private final Lines lines;
  private final ConfirmedDeliveries deliveries;
  private final Tenure tenure;
  private final Clock clock;
  private final Backoff backoff;
  private final Landed listener;
  private final LandingHealth health;

  /** Keeps which deliveries a commit accounts for; durable on return, and once if called twice. */
  public interface ConfirmedDeliveries {
    void confirm(String commit, Map<String, List<String>> deliveriesBySource);
  }

  /**
   * What a landing works with.
   *
   * @param claims those of this process
   * @param shared those that it shares with others, or {@link SharedClaims#NONE}
   */
  public record Parts(
      Stager stager,
      CommitLog log,
      Settlement settlement,
      Claims claims,
      SharedClaims shared,
      Lines lines,
      ConfirmedDeliveries deliveries,
      CommitIds ids,
      Tenure tenure,
      Clock clock,
      Backoff backoff,
      Landed listener) {}

  /** When a commit is cut; see {@link Gathering.Due}. */
  public record Cut(int maxEvents, long maxBytes, Duration maxAge, Duration firstAge) {}

  public Landing(Cut cut, Parts parts) {
    this(cut, parts, DEPENDENT_WAIT);
  }

  /**
   * @param dependentWait how long to wait before what others have in flight is asked for again
   */
  Landing(Cut cut, Parts parts, Duration dependentWait) {
    this.gathering =
        new Gathering(
            new Gathering.Due(cut.maxEvents(), cut.maxBytes(), cut.maxAge(), cut.firstAge()),
            parts.clock());
    this.health = new LandingHealth(gathering::isEmpty);
    this.shared = parts.shared() != SharedClaims.NONE;
    this.cutting = new Cutting(gathering, cut.maxEvents(), parts, dependentWait);
    this.stager = parts.stager();
    this.log = parts.log();
    this.settlement = parts.settlement();
    this.claims = parts.claims();
    this.lines = parts.lines();
    this.deliveries = parts.deliveries();
    this.tenure = parts.tenure();
    this.clock = parts.clock();
    this.backoff = parts.backoff();
    this.listener = parts.listener();
  }

  /**
   * Lets a batch whose every record has an outcome wait for its commit.
   *
   * @return completed when its account is closed; or with the failure for which it must be given
   *     back
   * @throws IllegalStateException if a record has no outcome, or the process is stopping
   */
  public CompletableFuture<Void> stage(Batch batch) {
    Failpoint.reach("claimed");
    return gathering.add(batch);
  }

  /** From now on batches are committed without waiting for more: the process drains. */
  public void flush() {
    gathering.flush();
  }

  /**
   * Whether batches are committed without waiting for more for the time being, so that the routes
   * are soon empty.
   */
  public void hurry(boolean now) {
    gathering.hurry(now);
  }

  /** Gives back the batches that wait. */
  public void close() {
    gathering.close();
  }

  /**
   * Waits until a commit is due, cuts it, stages its files and names them in the lake.
   *
   * @return the commit to publish; empty if nothing could be cut or staging failed, and then its
   *     batches are given back
   * @throws TransientException if what other processes share can't be asked; the batches go on
   *     waiting
   * @throws SetupException the same, until somebody has mended it
   */
  public Optional<Commit> next() throws InterruptedException {
    List<Batch> due = gathering.awaitDue();
    Instant cutAt = clock.instant();
    Optional<CutBatches> next = cut(due);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    CutBatches cut = next.get();
    String id = cut.commit();
    Failpoint.reach("claimed-shared");
    cut.note();
    Map<Batch, CompletableFuture<Void>> batches = gathering.take(cut.batches());
    List<StagedObject> objects;
    try {
      if (batches.size() < cut.batches().size()) {
        throw new IllegalStateException("landing has stopped");
      }
      objects = stager.stage(id, cut.batches());
    } catch (RuntimeException | Error e) {
      giveUpUnstaged(new Commit(id, cutAt, batches, List.of()), e);
      return Optional.empty();
    }
    Failpoint.reach("staged");
    Commit commit = new Commit(id, cutAt, batches, objects);
    try {
      Instant leaseUntil = clock.instant().plus(tenure.lease());
      log.open(Intent.of(id, tenure.writer(), leaseUntil, keys(objects)));
      requireTimely(id);
    } catch (RuntimeException | Error e) {
      abort(commit, e);
      return Optional.empty();
    }
    Failpoint.reach("intent");
    return Optional.of(commit);
  }

  private Optional<CutBatches> cut(List<Batch> due) throws InterruptedException {
    try {
      Optional<CutBatches> next = cutting.next(due);
      health.cut();
      return next;
    } catch (RuntimeException | Error e) {
      health.cannotCut(e);
      throw e;
    }
  }

  /** Whether commits can be made of what waits, and settled. */
  public HealthCheck.Result check() {
    return health.check();
  }

  private void requireTimely(String commit) {
    if (shared && CommitIds.time(commit).plus(LATEST_INTENT).isBefore(clock.instant())) {
      throw new TransientException(
          "the process was asleep: the intent of commit " + commit + " came too late", null);
    }
  }

  private void giveUpUnstaged(Commit commit, Throwable cause) throws InterruptedException {
    if (shared) {
      // its claims end with its marker
      abort(commit, cause);
    } else {
      // nothing is in the lake yet, so there is nothing to settle
      giveBack(commit, cause);
    }
  }

  /** Notes that the store has answered for an object. */
  public void published(Commit commit, StagedObject object) {
    commit.published(object);
    Failpoint.reach("published-one");
  }

  /**
   * Puts the marker and, if it stands, confirms what landed and closes the accounts. Tries again
   * for as long as it isn't known which marker is final: meanwhile the batches are held, so that
   * their sources soon pause.
   *
   * @throws FencedException if another process writes to the lake now
   * @throws TransientException if another process gave the commit up
   * @throws IllegalStateException if an object isn't published
   */
  public void commit(Commit commit) throws InterruptedException {
    List<StagedObject> missing = commit.unpublished();
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          commit
              + " can't be committed: "
              + missing.size()
              + " of its objects were not published, "
              + "such as "
              + missing.get(0).key()
              + ". The land route must put every object and note it");
    }
    Failpoint.reach("published");
    Optional<FencedException> fenced = persistently(commit, tenure.epochs()::fenced);
    if (fenced.isPresent()) {
      listener.fenced(fenced.get());
      throw fenced.get();
    }
    Manifest manifest = ManifestBuilder.of(commit, tenure.writer(), clock.instant());
    Manifest marker = persistently(commit, () -> log.settle(manifest));
    if (marker.state() != Manifest.State.COMMITTED) {
      throw new TransientException(
          commit + " was given up by " + marker.writer() + ", so it is tried again", null);
    }
    commit.committed(marker);
    confirm(commit, marker);
  }

  /**
   * Ends a commit whose route has ended: a commit that stands lets the exchanges of its batches go
   * on, any other is undone and its batches are given back.
   *
   * @param failure why the route failed, or null
   */
  public void end(Commit commit, Exception failure) throws InterruptedException {
    if (commit.isCommitted()) {
      if (!commit.isComplete()) {
        // confirming was broken off, and every step of it can be repeated
        confirm(commit, commit.manifest());
      }
      return;
    }
    IllegalStateException uncommitted =
        new IllegalStateException(
            commit + " came to the end of its route without being committed", failure);
    abort(commit, failure == null ? uncommitted : failure);
  }

  private void confirm(Commit commit, Manifest manifest) throws InterruptedException {
    Failpoint.reach("committed");
    persistently(
        commit,
        () -> {
          log.close(commit.id());
          return null;
        });
    Failpoint.reach("intent-deleted");
    List<Claims.LandedKey> landed = landedKeys(commit);
    Map<String, List<String>> delivered = ManifestBuilder.deliveries(commit);
    Map<String, Map<String, Lines.Part>> parts = SharedCut.parts(commit.batches());
    persistently(
        commit,
        () -> {
          claims.confirm(commit.id(), landed);
          parts.forEach((source, ofLines) -> lines.confirm(commit.id(), source, ofLines.values()));
          deliveries.confirm(commit.id(), delivered);
          return null;
        });
    closeAccounts(commit);
    Failpoint.reach("confirmed");
    try {
      listener.landed(manifest, Duration.between(commit.cutAt(), clock.instant()));
    } finally {
      commit.complete();
    }
    discard(commit);
  }

  private static List<String> keys(List<StagedObject> objects) {
    return objects.stream().map(StagedObject::key).toList();
  }

  private static List<Claims.LandedKey> landedKeys(Commit commit) {
    List<Claims.LandedKey> landed = new ArrayList<>();
    for (Batch batch : commit.batches()) {
      for (SourceRecord record : batch.records()) {
        if (batch.account().outcome(record) instanceof Outcome.Candidate candidate) {
          landed.add(
              new Claims.LandedKey(candidate.event().key(), candidate.event().payloadHash()));
        }
      }
    }
    return landed;
  }

  private void closeAccounts(Commit commit) {
    for (Batch batch : commit.batches()) {
      Account account = batch.account();
      for (SourceRecord record : batch.records()) {
        if (account.outcome(record) instanceof Outcome.Candidate candidate) {
          account.put(record, new Outcome.Landed(candidate.event().key()));
        }
      }
      account.close();
      // claims on events that a later step dropped or rejected
      claims.releaseAll(batch);
    }
  }

  private void abort(Commit commit, Throwable cause) throws InterruptedException {
    List<String> objects = keys(commit.objects());
    Manifest marker = persistently(commit, () -> settlement.settle(commit.id(), objects));
    if (marker.state() == Manifest.State.COMMITTED) {
      // the answer to our own marker was lost, and it stands
      commit.committed(marker);
      confirm(commit, marker);
      return;
    }
    giveBack(commit, cause);
  }

  private void giveBack(Commit commit, Throwable cause) {
    LOG.warn("gave up commit={}, its batches are tried again: {}", commit.id(), cause.toString());
    commit.batches().forEach(claims::releaseAll);
    commit.fail(cause);
    discard(commit);
  }

  /** What can't be deleted stays until the next start sweeps it; nobody waits for that. */
  private void discard(Commit commit) {
    try {
      stager.discard(commit.id());
    } catch (TransientException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Until it has been done, it isn't known what becomes of the commit's batches. */
  private <T> T persistently(Commit commit, Callable<T> call) throws InterruptedException {
    T done = backoff.untilItSucceeds(call, e -> undecided(commit, e));
    health.settled();
    return done;
  }

  private void undecided(Commit commit, Exception failure) {
    health.cannotSettle(failure);
    LOG.error(
        "commit={} can't be settled now, so its batches are held and it is tried again: {}",
        commit.id(),
        failure.toString());
  }
}
