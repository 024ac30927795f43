package dev.wadi.land;

import dev.wadi.event.Claims.LandedKey;
import dev.wadi.event.EventKey;
import dev.wadi.event.TransientException;
import dev.wadi.scan.FileScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads from the lake which keys a commit landed, so that the ledger can be made anew from it. */
public final class LandedKeyReader {

  private final LakeStore store;
  private final Path temporary;

  /**
   * @param temporary a folder for one file at a time, made when it is needed
   */
  public LandedKeyReader(LakeStore store, Path temporary) {
    this.store = store;
    this.temporary = temporary;
  }

  /**
   * The keys of the events and dead letters that a commit landed.
   *
   * @throws TransientException if a file can't be read
   */
  public List<LandedKey> read(Manifest manifest) {
    List<LandedKey> keys = new ArrayList<>();
    for (Manifest.LandedFile file : manifest.files()) {
      if (file.table().equals(Tables.EVENTS)) {
        read(file.key(), Map.of("event_key", "VARCHAR", "payload_hash", "VARCHAR"), keys);
      } else if (!file.table().equals(Tables.DUPLICATES)
          && !file.table().equals(Tables.CONFLICTS)) {
        // a dead letter's key says all of it
        read(file.key(), Map.of("event_key", "VARCHAR"), keys);
      }
    }
    return keys;
  }

  private void read(String key, Map<String, String> columns, List<LandedKey> keys) {
    try {
      Files.createDirectories(temporary);
      // by the end of its name the file's format is known
      Path file = Files.createTempFile(temporary, "keys", key.substring(key.lastIndexOf('/') + 1));
      try {
        Files.write(
            file,
            store
                .get(key)
                .orElseThrow(
                    () -> new TransientException("the lake lacks " + key + " of a commit", null)));
        query(file, columns, keys);
      } finally {
        Files.delete(file);
      }
    } catch (IOException | SQLException e) {
      throw new TransientException("can't read the keys of " + key + ": " + e.getMessage(), e);
    }
  }

  private static void query(Path file, Map<String, String> columns, List<LandedKey> keys)
      throws SQLException {
    String hash = columns.containsKey("payload_hash") ? "payload_hash" : "NULL";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT event_key, "
                    + hash
                    + " FROM "
                    + FileScan.of(List.of(file.toAbsolutePath()), columns))) {
      while (rows.next()) {
        String payloadHash = rows.getString(2);
        keys.add(
            new LandedKey(
                EventKey.parse(rows.getString(1)),
                payloadHash == null ? 0 : HexFormat.fromHexDigitsToLong(payloadHash)));
      }
    }
  }
}
