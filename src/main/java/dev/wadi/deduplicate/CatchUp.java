package dev.wadi.deduplicate;

import dev.wadi.event.Claims.LandedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is derived from the lake up to date, before anything is claimed: adds the commits
 * since the last that it has. Killed, it goes on where it was.
 */
public final class CatchUp {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int KEYS_PER_APPEND = 200_000;
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

  private final LandedCommits commits;
  private final Clock clock;

  public CatchUp(LandedCommits commits, Clock clock) {
    this.commits = commits;
    this.clock = clock;
  }

  /**
   * @return how many commits were added
   */
  public int ledger(Ledger ledger) {
    forgetAnotherLake("the ledger", ledger);
    addJoined(ledger);
    return run("the ledger", ledger, commits::keysOf);
  }

  /**
   * @return how many commits were added
   */
  public int deliveries(DeliveryLog log) {
    forgetAnotherLake("the log of deliveries", log.ledger());
    return run(
        "the log of deliveries",
        log.ledger(),
        commit -> DeliveryLog.keys(commits.deliveriesOf(commit)));
  }

  /**
   * Files that were joined hold rows of many commits, and each is read once. That comes before any
   * of these commits is appended: killed in between, it is done again.
   */
  private void addJoined(Ledger ledger) {
    List<LandedKey> gathered = new ArrayList<>();
    commits.joinedAfter(
        ledger.lastCommit(),
        key -> {
          gathered.add(key);
          if (gathered.size() == KEYS_PER_APPEND) {
            ledger.add(gathered);
            gathered.clear();
          }
        });
    if (!gathered.isEmpty()) {
      ledger.add(gathered);
    }
  }

  private int run(String name, Ledger ledger, Function<String, List<LandedKey>> keysOf) {
    List<String> missing = commits.committedAfter(ledger.lastCommit());
    if (missing.isEmpty()) {
      return 0;
    }
    LOG.info("{} has {} keys; adding {} commits", name, ledger.count(), missing.size());
    Instant reported = clock.instant();
    List<LandedKey> gathered = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      String commit = missing.get(i);
      gathered.addAll(keysOf.apply(commit));
      // several small commits in one append: its id is that of the last of them
      if (gathered.size() >= KEYS_PER_APPEND || i == missing.size() - 1) {
        ledger.append(commit, gathered);
        gathered.clear();
      }
      Instant now = clock.instant();
      if (Duration.between(reported, now).compareTo(BETWEEN_REPORTS) >= 0) {
        reported = now;
        LOG.info("{}: {} of {} commits added", name, i + 1, missing.size());
      }
    }
    LOG.info("{} has {} keys up to commit {}", name, ledger.count(), ledger.lastCommit());
    return missing.size();
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
