package dev.wadi.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Set;

/** That the manifests' files are the lake's files. */
final class FileChecks {

  private final LakeFolder lake;
  private final Workbench bench;

  FileChecks(LakeFolder lake, Workbench bench) {
    this.lake = lake;
    this.bench = bench;
  }

  /**
   * @param markers the commits whose marker was there before the objects were listed
   * @param inFlight the commits whose intent was open after that, or that are known to have left
   *     something that is still to be taken away
   */
  void run(Set<String> markers, Set<String> inFlight) throws SQLException {
    bench.find(
        Violation.FILE_MISSING,
        "SELECT object || ' of ' || commit_id FROM live ANTI JOIN objects USING (object) ORDER BY 1");
    bench.find(
        Violation.FILE_CHANGED,
        "SELECT f.object || ' has ' || o.bytes || ' bytes, its manifest says ' || f.bytes"
            + " FROM files f JOIN objects o USING (object) WHERE f.bytes <> o.bytes ORDER BY 1");
    bench.find(
        Violation.FILE_NAMED_TWICE,
        "SELECT object || ' by ' || string_agg(commit_id, ' and ' ORDER BY commit_id)"
            + " FROM files GROUP BY object HAVING count(*) > 1 ORDER BY 1");
    bench.each(
        "SELECT object FROM objects ANTI JOIN files USING (object)"
            + " WHERE object NOT LIKE 'dead_letters_bytes/%' ORDER BY 1",
        row -> unreferenced(row.getString(1), markers, inFlight));
  }

  /** Reads every file wholly, so it takes as long as the disk does. */
  void runChecksums() throws SQLException {
    bench.each(
        "SELECT object, sha256 FROM files SEMI JOIN objects USING (object) ORDER BY 1",
        row -> {
          String actual = sha256(row.getString(1));
          if (!actual.equals(row.getString(2))) {
            bench
                .findings()
                .add(
                    Violation.FILE_CHANGED,
                    "%s has the SHA-256 %s, its manifest says %s"
                        .formatted(row.getString(1), actual, row.getString(2)));
          }
        });
  }

  private void unreferenced(String key, Set<String> markers, Set<String> inFlight) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String commit = name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    // what came or went since the markers were listed is not this check's business
    if (inFlight.contains(commit)
        || !Files.exists(lake.file(key))
        || (!markers.contains(commit) && isNamedByNow(commit, key))) {
      return;
    }
    bench.findings().add(Violation.FILE_UNREFERENCED, key);
  }

  private boolean isNamedByNow(String commit, String key) {
    try {
      ManifestHead head = ManifestHead.read(lake.marker(commit));
      return head.isCommitted() && head.files().stream().anyMatch(file -> file.key().equals(key));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  private String sha256(String key) {
    try (InputStream file = Files.newInputStream(lake.file(key))) {
      DigestInputStream digest = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (IOException e) {
      return "unknown (" + e.getMessage() + ")";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
