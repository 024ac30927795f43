package dev.wadi.lake;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/** Brings what the manifests claim onto the workbench, one manifest at a time. */
final class ManifestIndex implements AutoCloseable {

  private final LakeFolder lake;
  private final Findings findings;
  private final DuckDBAppender commits;
  private final DuckDBAppender files;
  private final DuckDBAppender replaced;
  private final DuckDBAppender accounts;
  private final DuckDBAppender deliveries;
  private final DuckDBAppender rejected;
  private int commitNumber;
  private int fileNumber;

  private ManifestIndex(LakeFolder lake, Workbench bench) throws SQLException {
    this.lake = lake;
    this.findings = bench.findings();
    this.commits = bench.append("commits");
    this.files = bench.append("files");
    this.replaced = bench.append("replaced");
    this.accounts = bench.append("accounts");
    this.deliveries = bench.append("deliveries");
    this.rejected = bench.append("rejected");
  }

  /** Reads the markers of these commits, but not of those on their way. */
  static void load(LakeFolder lake, Workbench bench, List<String> markers, Set<String> inFlight)
      throws SQLException {
    try (ManifestIndex index = new ManifestIndex(lake, bench)) {
      for (String commit : markers) {
        if (!inFlight.contains(commit)) {
          index.add(commit);
        }
      }
    }
    // the files that hold rows now, and of which commits a compaction's may have rows
    bench.execute(
        "CREATE TABLE live AS SELECT f.*, c.commit_no,"
            + " f.commit_id IN (SELECT commit_id FROM replaced) AS joined"
            + " FROM files f JOIN commits c USING (commit_id) ANTI JOIN replaced USING (object)");
    bench.execute(
        "CREATE TABLE origins AS WITH RECURSIVE step AS"
            + " (SELECT DISTINCT r.commit_id, f.commit_id AS origin"
            + " FROM replaced r JOIN files f USING (object)),"
            + " origin AS (FROM step UNION SELECT o.commit_id, s.origin"
            + " FROM origin o JOIN step s ON s.commit_id = o.origin)"
            + " SELECT o.*, c.commit_no FROM origin o JOIN commits c ON c.commit_id = o.origin");
  }

  private void add(String commit) throws SQLException {
    Manifest manifest;
    try {
      manifest = Manifest.read(lake.marker(commit));
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      findings.add(Violation.MANIFEST_UNREADABLE, commit + ": " + why);
      return;
    }
    if (manifest.isAborted()) {
      return;
    }
    if (!manifest.isCommitted() || !manifest.commit().equals(commit)) {
      findings.add(
          Violation.MANIFEST_UNREADABLE,
          commit + ": it is about " + manifest.commit() + ", whose state is " + manifest.state());
      return;
    }
    commits.beginRow().append(commitNumber++).append(commit).endRow();
    for (String key : manifest.replaces()) {
      replaced.beginRow().append(commit).append(key).endRow();
    }
    for (ManifestFile file : manifest.files()) {
      add(commit, file);
    }
    for (Map.Entry<String, Manifest.Counts> source : manifest.sources().entrySet()) {
      add(commit, source.getKey(), source.getValue());
    }
    for (String deadLetter : manifest.deadLetters()) {
      rejected.beginRow().append(commit).append(deadLetter).endRow();
    }
  }

  private void add(String commit, ManifestFile file) throws SQLException {
    if (!lake.holds(file.key())) {
      findings.add(Violation.FILE_MISSING, file.key() + " of " + commit + " is not in the lake");
      return;
    }
    files
        .beginRow()
        .append(fileNumber++)
        .append(commit)
        .append(file.table())
        .append(file.key())
        .append(lake.file(file.key()).toString())
        .append(file.rows())
        .append(file.bytes())
        .append(file.sha256())
        .endRow();
  }

  private void add(String commit, String source, Manifest.Counts counts) throws SQLException {
    accounts
        .beginRow()
        .append(commit)
        .append(source)
        .append(counts.received())
        .append(counts.landed())
        .append(counts.duplicates())
        .append(counts.conflicts())
        .append(counts.rejected())
        .append(counts.filtered())
        .append(counts.redelivered())
        .append(counts.filteredReasons().values().stream().mapToLong(Long::longValue).sum())
        .endRow();
    for (String delivery : counts.deliveries()) {
      deliveries.beginRow().append(commit).append(source).append(delivery).endRow();
    }
  }

  @Override
  public void close() throws SQLException {
    for (DuckDBAppender appender :
        List.of(commits, files, replaced, accounts, deliveries, rejected)) {
      appender.close();
    }
  }
}
