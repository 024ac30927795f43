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
    try {
      Files.createDirectories(temporary);
      Optional<LakeFile> found = store.file(file.key(), temporary);
      if (found.isEmpty()) {
        return false;
      }
      try (LakeFile there = found.get()) {
        // a dead letter's key says all of it
        query(there.path(), table.equals(Tables.EVENTS), commits, keys);
        return true;
      }
    } catch (IOException | SQLException e) {
      throw new TransientException(
          "can't read the keys of " + file.key() + ": " + e.getMessage(), e);
    }
  }

  private static void query(
      Path file, boolean hashed, Predicate<String> commits, Consumer<LandedKey> keys)
      throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    columns.put("event_key", "VARCHAR");
    columns.put("commit_id", "VARCHAR");
    if (hashed) {
      columns.put("payload_hash", "VARCHAR");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT event_key, "
                    + (hashed ? "payload_hash" : "NULL")
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
