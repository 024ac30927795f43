package dev.wadi.lake;

import dev.wadi.event.SetupException;
import dev.wadi.lake.VerifyReport.DeadLetters;
import dev.wadi.lake.VerifyReport.Terms;
import dev.wadi.lake.VerifyReport.Writer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recounts a lake: manifests against files, files against rows, rows against each other. May run
 * while events land; what came since it began is left out.
 */
public final class Verification {

  /** How often it is counted anew if a compaction comes between. */
  private static final int TRIES = 5;

  private final LakeObjects lake;
  private final boolean checksums;

  /**
   * @param checksums whether to read all files wholly and compare their SHA-256
   */
  public Verification(LakeObjects lake, boolean checksums) {
    this.lake = lake;
    this.checksums = checksums;
  }

  /** Counts, which takes memory up to a limit, and then room in the temporary folder. */
  public VerifyReport run() {
    for (int attempt = 1; ; attempt++) {
      Set<String> seen = new HashSet<>();
      try (Workbench bench = Workbench.open()) {
        VerifyReport report = run(bench, seen);
        if (report.ok() || attempt == TRIES || !compactedSince(seen)) {
          return report;
        }
        // what it replaced may be gone, though it was still needed for this count
      } catch (SQLException e) {
        throw new SetupException("the lake can't be verified: " + SqlMessage.of(e), e);
      }
    }
  }

  /** Whether a compaction stands that is not among these commits. */
  private boolean compactedSince(Set<String> seen) {
    return CommitNames.in(lake, CommitNames.MARKERS).stream()
        .filter(commit -> !seen.contains(commit))
        .anyMatch(this::isCompaction);
  }

  private boolean isCompaction(String commit) {
    String marker = CommitNames.marker(commit);
    try {
      byte[] json = lake.read(List.of(marker)).get(marker);
      ManifestHead head = json == null ? null : ManifestHead.read(json);
      return head != null && head.isCommitted() && head.isCompaction();
    } catch (IOException e) {
      // it is counted as unreadable by the next run
      return false;
    }
  }

  private VerifyReport run(Workbench bench, Set<String> seen) throws SQLException {
    // the order matters: a commit's objects are there before its marker, and its intent goes last
    MarkerListing markers = MarkerListing.of(lake);
    seen.addAll(markers.all());
    seen.removeAll(markers.late());
    long unfinishedUploads = ObjectIndex.load(lake, bench);
    Set<String> known = Set.copyOf(markers.all());
    int inFlight = UnfinishedIndex.load(lake, bench, known);
    ManifestIndex.load(lake, bench, markers);

    FileChecks files = new FileChecks(lake, bench);
    files.run(known);
    new CompactionChecks(bench).run();
    if (checksums) {
      files.runChecksums();
    }
    RowIndex.load(lake, bench);
    new AccountChecks(bench).run();
    new PartChecks(bench).run();
    new RowChecks(bench).run();

    return new VerifyReport(
        bench.number("SELECT count(*) FROM commits"),
        bench.number("SELECT count(*) FROM live"),
        inFlight,
        unfinishedUploads,
        sources(bench),
        writers(bench),
        deadLetters(bench),
        bench.findings().list(Finding::new),
        bench.notes().list(Note.Noted::new));
  }

  private static List<Writer> writers(Workbench bench) throws SQLException {
    List<Writer> writers = new ArrayList<>();
    bench.each(
        "SELECT writer, count(*), coalesce(sum(n), 0)::BIGINT, min(commit_id), max(commit_id)"
            + " FROM commits LEFT JOIN (SELECT commit_no, count(*) AS n FROM rows_events GROUP BY 1)"
            + " USING (commit_no) GROUP BY 1 ORDER BY 4",
        row ->
            writers.add(
                new Writer(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5))));
    return writers;
  }

  private static Map<String, Terms> sources(Workbench bench) throws SQLException {
    Map<String, Terms> sources = new LinkedHashMap<>();
    bench.each(
        "SELECT source, sum(received), sum(landed), sum(duplicates), sum(conflicts),"
            + " sum(rejected), sum(filtered), sum(redelivered) FROM accounts GROUP BY 1 ORDER BY 1",
        row ->
            sources.put(
                row.getString(1),
                new Terms(
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8))));
    return sources;
  }

  private static DeadLetters deadLetters(Workbench bench) throws SQLException {
    return new DeadLetters(
        bench.number("SELECT count(DISTINCT dead_letter_id) FROM rejected"),
        bench.number("SELECT count(DISTINCT letter) FROM rows_dead_letters"),
        bench.number(
            "SELECT count(DISTINCT dead_letter_id) FROM rejected"
                + " ANTI JOIN rows_dead_letters ON hex_key(letter) = dead_letter_id"),
        bench.number(
            "SELECT count(DISTINCT dead_letter_id) FROM replays WHERE outcome <> 'rejected'"),
        bench.number(
            "SELECT count(*) FROM (SELECT dead_letter_id FROM replays GROUP BY 1"
                + " HAVING bool_and(outcome = 'rejected'))"));
  }
}
