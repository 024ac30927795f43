package dev.wadi.land;

import dev.wadi.event.Fates;
import dev.wadi.event.SetupException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commits that other processes have left open in the lake, and their end. A process whose lease
 * has run out may be dead or only asleep. Its marker is settled all the same, so that it can't
 * commit when it wakes; its intent stays for a time, and what it names is deleted again and again.
 * So if it wakes, puts another object and dies, that is found too. Thread-safe.
 */
public final class OpenIntents implements Fates {

  /** How long after its lease a sleeper may wake and still leave nothing behind. */
  public static final Duration GRACE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(OpenIntents.class);

  private final CommitLog log;
  private final Settlement settlement;
  private final String writer;
  private final Set<String> ended;
  private final Clock clock;
  private final Duration grace;

  /**
   * @param writer this process
   * @param ended processes that had the data folder before; they are dead, since its lock is free
   * @param grace how long after its lease an intent of another process is kept
   */
  public OpenIntents(
      CommitLog log,
      Settlement settlement,
      String writer,
      Set<String> ended,
      Clock clock,
      Duration grace) {
    this.log = log;
    this.settlement = settlement;
    this.writer = writer;
    this.ended = Set.copyOf(ended);
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * Settles every open intent, for the only writer of a lake, before anything is received. A
   * compaction may be at work beside it, and is given up by this if it has no marker yet.
   *
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   */
  public void settleAll() {
    for (String commit : log.open()) {
      log.intent(commit).ifPresent(this::end);
    }
    settleCompactions();
  }

  /**
   * Settles those whose lease has run out, and those of the processes that had the data folder
   * before: for one of many writers, at its start and from time to time.
   *
   * @throws dev.wadi.event.TransientException if the store doesn't answer
   * @throws SetupException if one is damaged; the others are settled then
   */
  public void settleAbandoned() {
    SetupException damaged = null;
    for (String commit : log.open()) {
      try {
        log.intent(commit).filter(this::isAbandoned).ifPresent(this::end);
      } catch (SetupException e) {
        // the others are not to wait until it is mended
        damaged = e;
      }
    }
    settleCompactions();
    if (damaged != null) {
      throw damaged;
    }
  }

  @Override
  public Optional<Fate> of(String commit) {
    return log.marker(commit).map(OpenIntents::fate);
  }

  @Override
  public Fate settle(String commit) {
    return fate(settlement.takeOver(commit, List.of()));
  }

  private boolean isAbandoned(Intent intent) {
    return !intent.writer().equals(writer)
        && (ended.contains(intent.writer()) || intent.isOver(Duration.ZERO, clock.instant()));
  }

  private void end(Intent intent) {
    boolean unsettled = log.marker(intent.commit()).isEmpty();
    Manifest marker = settlement.takeOver(intent.commit(), List.of());
    boolean mayWake = marker.isAborted() && !ended.contains(intent.writer());
    if (!mayWake || intent.isOver(grace, clock.instant())) {
      log.close(intent.commit());
    }
    if (unsettled || !marker.isAborted()) {
      LOG.info(
          "settled a commit that another process left open commit={} writer={} state={}",
          intent.commit(),
          intent.writer(),
          marker.state());
    }
  }

  /** One that was given up and knew it not yet may have put more after that, and died. */
  private void settleCompactions() {
    for (PendingCompaction compaction : log.pendingCompactions()) {
      if (log.marker(compaction.commit()).filter(Manifest::isAborted).isPresent()) {
        settlement.undo(compaction.commit(), compaction.objects());
      }
    }
  }

  private static Fate fate(Manifest marker) {
    return marker.isAborted() ? Fate.GIVEN_UP : Fate.STANDS;
  }
}
