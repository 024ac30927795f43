package dev.wadi;

import dev.wadi.deduplicate.dynamodb.ClaimTable;
import dev.wadi.deduplicate.dynamodb.Seeding;
import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.Deliveries;
import dev.wadi.event.EventKey;
import dev.wadi.event.Lines;
import dev.wadi.event.SharedClaims.Wanted;
import dev.wadi.event.TransientException;
import dev.wadi.land.CommitIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what one process has landed into a table that many are to share: the keys of all commits,
 * how far lines are accounted for, and the deliveries that a queue may still bring again. Broken
 * off, it goes on behind the last commit that it has done.
 */
final class TableSeeding {

  private static final Logger LOG = LoggerFactory.getLogger(TableSeeding.class);

  /** The longest that SQS keeps a message. */
  private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

  /** Where a row came from is not read again: its delivery, if it matters, is seeded beside it. */
  private static final String NOT_READ = "";

  private static final int CHUNK = 5_000;

  private final LakeCommits commits;
  private final ClaimTable table;
  private final String sharing;
  private final Clock clock;

  /**
   * @param sharing tells this time that processes begin to share the lake from others
   */
  TableSeeding(LakeCommits commits, ClaimTable table, String sharing, Clock clock) {
    this.sharing = sharing;
    this.commits = commits;
    this.table = table;
    this.clock = clock;
  }

  /**
   * @throws dev.wadi.event.TransientException if the lake or the table doesn't answer
   */
  void run() {
    Seeding seeding = table.seeding(sharing);
    if (seeding.hasEnded()) {
      return;
    }
    String done = seeding.last().orElse(null);
    List<String> left = commits.committedAfter(done);
    LOG.info("bringing {} commits of the lake into the table of claims", left.size());
    for (String commit : left) {
      Chunk chunk = new Chunk(seeding, commit);
      if (commit.equals(left.get(0))) {
        // what joined files hold is of commits that stand, whichever of them the claim names
        commits.joinedAfter(done, chunk::add);
      }
      commits.keysOf(commit, chunk::add);
      if (CommitIds.time(commit).isAfter(oldest())) {
        commits
            .deliveriesOf(commit)
            .forEach((source, ids) -> ids.forEach(id -> chunk.add(delivery(source, id))));
      }
      chunk.flush();
      seeding.done(commit);
    }
    seedLines();
    seeding.end(left.isEmpty() ? done : left.get(left.size() - 1));
  }

  private Instant oldest() {
    return clock.instant().minus(LONGEST_RETENTION);
  }

  /** A part of a line, and the commit that accounts for it. */
  private record Accounted(String commit, Lines.Part part) {}

  /**
   * Leads each line on from where the table has it, part by part: commits of many writers need not
   * be in the order of their ids.
   */
  private void seedLines() {
    Map<String, Map<String, Map<String, Accounted>>> lines = new TreeMap<>();
    for (String commit : commits.committedAfter(null)) {
      commits
          .partsOf(commit)
          .forEach(
              (source, parts) ->
                  parts.forEach(
                      part ->
                          lines
                              .computeIfAbsent(source, s -> new TreeMap<>())
                              .computeIfAbsent(part.line(), line -> new HashMap<>())
                              .put(part.after(), new Accounted(commit, part))));
    }
    lines.forEach(
        (source, ofSource) -> ofSource.forEach((line, parts) -> lead(source, line, parts)));
  }

  private void lead(String source, String line, Map<String, Accounted> parts) {
    String from = table.lines().begin(source, line).orElse(null);
    Accounted last = null;
    for (Accounted next = parts.get(from); next != null; next = parts.remove(next.part().to())) {
      last = next;
    }
    if (last != null) {
      Lines.Part all = new Lines.Part(line, from, last.part().to());
      if (!table.lines().take(last.commit(), source, List.of(all)).isEmpty()) {
        throw new TransientException("the line " + line + " of " + source + " is read now", null);
      }
    }
  }

  private static Wanted delivery(String source, String id) {
    return new Wanted(Deliveries.key(source, id), 0, source + " " + id);
  }

  /** Gathers what is seeded by one call. */
  private static final class Chunk {

    private final Seeding seeding;
    private final String commit;
    // by key: a commit's files may hold one that joined files hold too
    private final Map<EventKey, Wanted> wanted = new LinkedHashMap<>();

    Chunk(Seeding seeding, String commit) {
      this.seeding = seeding;
      this.commit = commit;
    }

    void add(LandedKey key) {
      add(new Wanted(key.key(), key.payloadHash(), NOT_READ));
    }

    void add(Wanted one) {
      wanted.putIfAbsent(one.key(), one);
      if (wanted.size() == CHUNK) {
        flush();
      }
    }

    void flush() {
      if (!wanted.isEmpty()) {
        seeding.seed(commit, List.copyOf(wanted.values()));
        wanted.clear();
      }
    }
  }
}
