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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads from the lake which keys have landed, so that the ledger can be made anew from it. */
public final class LandedKeyReader {

  private static final String TEXT = "VARCHAR";

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
   * The keys in a file of events or dead letters; the other tables hold none that were claimed.
   *
   * @param commits whether the rows of a commit are wanted, told by its id
   * @param keys takes the keys as they come
   * @return false if the lake doesn't have the file
   * @throws TransientException if it can't be read
   */
  public boolean read(
      Manifest.LandedFile file, Predicate<String> commits, Consumer<LandedKey> keys) {
    String table = file.table();
    if (table.equals(Tables.DUPLICATES) || table.equals(Tables.CONFLICTS)) {
      return true;
    }
<<<<<<< HEAD
    // a dead letter's key says all of it
    Map<String, String> columns =
        table.equals(Tables.EVENTS)
            ? Map.of("event_key", TEXT, "commit_id", TEXT, "payload_hash", TEXT)
            : Map.of("event_key", TEXT, "commit_id", TEXT);
=======
>>>>>>> compaction
    try {
      Files.createDirectories(temporary);
      Optional<LakeFile> found = store.file(file.key(), temporary);
      if (found.isEmpty()) {
        return false;
      }
      try (LakeFile there = found.get()) {
<<<<<<< HEAD
        query(there.path(), columns, commits, keys);
=======
        // a dead letter's key says all of it
        query(there.path(), table.equals(Tables.EVENTS), commits, keys);
>>>>>>> compaction
        return true;
      }
    } catch (IOException | SQLException e) {
      throw new TransientException(
          "can't read the keys of " + file.key() + ": " + e.getMessage(), e);
    }
  }

  private static void query(
<<<<<<< HEAD
      Path file, Map<String, String> columns, Predicate<String> commits, Consumer<LandedKey> keys)
      throws SQLException {
    String hash = columns.containsKey("payload_hash") ? "payload_hash" : "NULL";
=======
      Path file, boolean hashed, Predicate<String> commits, Consumer<LandedKey> keys)
      throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    columns.put("event_key", "VARCHAR");
    columns.put("commit_id", "VARCHAR");
    if (hashed) {
      columns.put("payload_hash", "VARCHAR");
    }
>>>>>>> compaction
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT event_key, "
<<<<<<< HEAD
                    + hash
=======
                    + (hashed ? "payload_hash" : "NULL")
>>>>>>> compaction
                    + ", commit_id FROM "
                    + FileScan.of(List.of(file.toAbsolutePath()), columns))) {
      while (rows.next()) {
        if (commits.test(rows.getString(3))) {
          String payloadHash = rows.getString(2);
          keys.accept(
              new LandedKey(
                  EventKey.parse(rows.getString(1)),
                  payloadHash == null ? 0 : HexFormat.fromHexDigitsToLong(payloadHash)));
        }
      }
    }
  }
}
