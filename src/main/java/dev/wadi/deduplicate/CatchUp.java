package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is derived from the lake up to date, before anything is claimed: adds the commits
 * since the last that it has. Killed, it goes on where it was. Holds a fixed number of keys at a
 * time, whatever a commit has landed.
 */
public final class CatchUp {

  /** Told now and then how far it is. */
  public interface Report {
    /**
     * @param name what is brought up to date
     * @param keys how many it has
     * @param done how many of the missing commits were read
     * @param missing how many commits were missing; 0 as long as joined files are read
     */
    void at(String name, long keys, int done, int missing);
  }

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int KEYS_PER_APPEND = 200_000;
  private static final Duration BETWEEN_LOG_LINES = Duration.ofSeconds(5);

  private final LandedCommits commits;
  private final Clock clock;
  private final Duration betweenReports;
  private final Report report;
  private Instant reported;

  /** Reports to the log, every five seconds. */
  public CatchUp(LandedCommits commits, Clock clock) {
    this(
        commits,
        clock,
        BETWEEN_LOG_LINES,
        (name, keys, done, missing) ->
            LOG.info("{}: {} of {} commits added, {} keys", name, done, missing, keys));
  }

  public CatchUp(LandedCommits commits, Clock clock, Duration betweenReports, Report report) {
    this.commits = commits;
    this.clock = clock;
    this.betweenReports = betweenReports;
    this.report = report;
  }

  /**
   * @return how many commits were added
   */
  public int ledger(Ledger ledger) {
    reported = clock.instant();
    forgetAnotherLake("the ledger", ledger);
    addJoined(ledger);
    return new Run("the ledger", ledger).add(commits::keysOf);
  }

  /**
   * @param lines always noted before the deliveries of the same commit, so that they lack none that
   *     these have
   * @return how many commits were added
   */
  public int deliveries(DeliveryLog log, LineLog lines) {
    reported = clock.instant();
    forgetAnotherLake("the log of deliveries", log.ledger());
    if (!lines.isComplete()) {
      log.ledger().clear();
    }
    if (log.ledger().lastCommit() == null) {
      lines.clear();
    }
    int added =
        new Run("the log of deliveries", log.ledger())
            .add(
                (commit, keys) -> {
                  commits.partsOf(commit).forEach((s, parts) -> lines.confirm(commit, s, parts));
                  DeliveryLog.keys(commits.deliveriesOf(commit)).forEach(keys);
                });
    lines.complete();
    return added;
  }

  /**
   * Files that were joined hold rows of many commits, and each is read once. That comes before any
   * of these commits is appended: killed in between, it is done again.
   */
  private void addJoined(Ledger ledger) {
    Run joined = new Run("the ledger", ledger);
    commits.joinedAfter(ledger.lastCommit(), joined::take);
    if (!joined.gathered.isEmpty()) {
      joined.gathered.addTo(ledger);
    }
  }

  private interface KeysOf {
    void read(String commit, Consumer<LandedKey> keys);
  }

  private final class Run {

    private final String name;
    private final Ledger ledger;
    private final KeyBuffer gathered = new KeyBuffer(KEYS_PER_APPEND);
    private boolean overflowed;
    private int done;
    private int missing;

    Run(String name, Ledger ledger) {
      this.name = name;
      this.ledger = ledger;
    }

    int add(KeysOf keysOf) {
      List<String> commitsToAdd = commits.committedAfter(ledger.lastCommit());
      missing = commitsToAdd.size();
      if (missing == 0) {
        return 0;
      }
      LOG.info("{} has {} keys; adding {} commits", name, ledger.count(), missing);
      for (String commit : commitsToAdd) {
        keysOf.read(commit, this::take);
        done++;
        // several small commits in one append: its id is that of the last of them
        if (overflowed || gathered.isFull() || done == missing) {
          gathered.appendTo(ledger, commit);
          overflowed = false;
        }
        reportIfDue();
      }
      LOG.info("{} has {} keys up to commit {}", name, ledger.count(), ledger.lastCommit());
      return missing;
    }

    // of a commit that is too large to be held, keys come ahead of the commit itself
    void take(LandedKey key) {
      if (gathered.isFull()) {
        gathered.addTo(ledger);
        overflowed = true;
        reportIfDue();
      }
      gathered.put(key);
    }

    private void reportIfDue() {
      Instant now = clock.instant();
      if (Duration.between(reported, now).compareTo(betweenReports) >= 0) {
        reported = now;
        report.at(name, ledger.count(), done, missing);
      }
    }
  }

  // What has landed in another lake hasn't landed in this one; its events would be taken for
  // duplicates here and be lost.
  private void forgetAnotherLake(String name, Ledger ledger) {
    String last = ledger.lastCommit();
    if (last != null && !commits.has(last)) {
      LOG.warn("{} ends with commit {}, which the lake doesn't have: rebuilt", name, last);
      ledger.clear();
    }
  }
}
