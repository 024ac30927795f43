package dev.wadi.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** That the manifests' files are the lake's files. */
final class FileChecks {

  private final LakeObjects lake;
  private final Workbench bench;

  FileChecks(LakeObjects lake, Workbench bench) {
    this.lake = lake;
    this.bench = bench;
  }

  /**
   * @param markers the commits whose marker was there before the objects were listed
   */
  void run(Set<String> markers) throws SQLException {
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
            + " ANTI JOIN unfinished USING (object) WHERE object NOT LIKE 'dead_letters_bytes/%' ORDER BY 1",
        row -> unreferenced(row.getString(1), markers));
  }

  /** Reads every file wholly, so it takes as long as the disk or the network does. */
  void runChecksums() throws SQLException {
    List<FileChunks.Sized> files = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    bench.each(
        "SELECT object, sha256, o.bytes FROM files JOIN objects o USING (object) ORDER BY 1",
        row -> {
          files.add(new FileChunks.Sized(row.getString(1), row.getLong(3)));
          expected.put(row.getString(1), row.getString(2));
        });
    FileChunks.each(lake, files, keys -> keys.forEach(key -> check(key, expected.get(key))));
  }

  private void check(String key, String expected) {
    String actual = sha256(key);
    if (!actual.equals(expected)) {
      bench
          .findings()
          .add(
              Violation.FILE_CHANGED,
              "%s has the SHA-256 %s, its manifest says %s".formatted(key, actual, expected));
    }
  }

  private void unreferenced(String key, Set<String> markers) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String commit = name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    // what came or went since the markers were listed is not this check's business
    if (!lake.exists(key) || (!markers.contains(commit) && isNamedByNow(commit, key))) {
      return;
    }
    bench.findings().add(Violation.FILE_UNREFERENCED, key);
  }

  private boolean isNamedByNow(String commit, String key) {
    String marker = CommitNames.marker(commit);
    try {
      byte[] json = lake.read(List.of(marker)).get(marker);
      ManifestHead head = json == null ? null : ManifestHead.read(json);
      return head != null
          && head.isCommitted()
          && head.files().stream().anyMatch(file -> file.key().equals(key));
    } catch (IOException e) {
      return false;
    }
  }

  private String sha256(String key) {
    try (InputStream file = Files.newInputStream(lake.file(key))) {
      DigestInputStream digest = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"));
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (IOException e) {
      return "unknown (" + e.getMessage() + ")";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
