package dev.wadi.lake;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/** Brings what the manifests claim onto the workbench, some manifests at a time. */
final class ManifestIndex implements AutoCloseable {

  /** A manifest may name the deliveries of a hundred thousand events. */
  private static final int SLICE = 32;

  private final LakeObjects lake;
  private final Findings<Violation> findings;
  private final AccountIndex accounts;
  private final DuckDBAppender commits;
  private final DuckDBAppender files;
  private final DuckDBAppender replaced;
  private int commitNumber;
  private int fileNumber;

  private ManifestIndex(LakeObjects lake, Workbench bench) throws SQLException {
    this.lake = lake;
    this.findings = bench.findings();
    this.accounts = new AccountIndex(bench);
    this.commits = bench.append("commits");
    this.files = bench.append("files");
    this.replaced = bench.append("replaced");
  }

  /**
   * Reads the markers of these commits: a commit whose marker says so stands, whatever its intent.
   */
  static void load(LakeObjects lake, Workbench bench, MarkerListing markers) throws SQLException {
    try (ManifestIndex index = new ManifestIndex(lake, bench)) {
      List<String> all = markers.all();
      for (int from = 0; from < all.size(); from += SLICE) {
        List<String> slice = all.subList(from, Math.min(all.size(), from + SLICE));
        Map<String, byte[]> read = lake.read(slice.stream().map(CommitNames::marker).toList());
        for (String commit : slice) {
          index.add(commit, read.get(CommitNames.marker(commit)), markers.late().contains(commit));
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

  private void add(String commit, byte[] marker, boolean late) throws SQLException {
    if (marker == null) {
      findings.add(Violation.MANIFEST_UNREADABLE, commit + ": it vanished");
      return;
    }
    Manifest manifest;
    try {
      manifest = Manifest.read(marker);
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
    commits
        .beginRow()
        .append(commitNumber++)
        .append(commit)
        .append(manifest.writer())
        .append(late)
        .endRow();
    for (String key : manifest.replaces()) {
      replaced.beginRow().append(commit).append(key).endRow();
    }
    for (ManifestFile file : manifest.files()) {
      add(commit, file);
    }
    accounts.add(manifest);
  }

  private void add(String commit, ManifestFile file) throws SQLException {
    if (!LakeObjects.isInside(file.key())) {
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

  @Override
  public void close() throws SQLException {
    accounts.close();
    commits.close();
    files.close();
    replaced.close();
  }
}
