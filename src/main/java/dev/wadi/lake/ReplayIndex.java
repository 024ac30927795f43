package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The SQL table {@code replays}: what became of each dead letter that was replayed, by commit, as
 * the manifests have it.
 */
final class ReplayIndex {

  static final String TABLE = "replays";

  private ReplayIndex() {}

  /** Makes the table. */
  static void make(Engine engine, LakeFolder lake) throws SQLException {
    engine.execute(
        "CREATE TABLE replays(dead_letter_id VARCHAR, outcome VARCHAR, records BIGINT,"
            + " replayed_at TIMESTAMP WITH TIME ZONE, commit_id VARCHAR)");
    List<String> markers = lake.markers();
    Set<String> open = lake.openIntents();
    List<Manifest> manifests =
        markers.parallelStream()
            .filter(commit -> !open.contains(commit))
            .map(commit -> read(lake, commit))
            .filter(manifest -> manifest.isCommitted() && manifest.hasReplays())
            .toList();
    DuckDBConnection connection = engine.connection().unwrap(DuckDBConnection.class);
    try (DuckDBAppender rows = connection.createAppender("main", TABLE)) {
      for (Manifest manifest : manifests) {
        for (Manifest.Counts counts : manifest.sources().values()) {
          append(rows, manifest, counts.replays());
        }
      }
    }
  }

  private static void append(
      DuckDBAppender rows, Manifest manifest, Map<String, Map<String, Long>> replays)
      throws SQLException {
    for (Map.Entry<String, Map<String, Long>> letter : replays.entrySet()) {
      for (Map.Entry<String, Long> outcome : letter.getValue().entrySet()) {
        rows.beginRow()
            .append(letter.getKey())
            .append(outcome.getKey())
            .append(outcome.getValue())
            .append(OffsetDateTime.parse(manifest.committedAt()))
            .append(manifest.commit())
            .endRow();
      }
    }
  }

  private static Manifest read(LakeFolder lake, String commit) {
    try {
      return Manifest.read(Files.readAllBytes(lake.marker(commit)));
    } catch (IOException e) {
      throw new SetupException(
          "the manifest of commit " + commit + " can't be read: see `wadi verify`", e);
    }
  }
}
