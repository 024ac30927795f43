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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads from the lake which keys have landed, so that the ledger can be made anew from it. Not
 * thread-safe.
 */
public final class LandedKeyReader implements AutoCloseable {

  /** Sixteen hexadecimal digits as a signed number, which is read without making a text. */
  private static final String NUMBER =
      "(('0x' || %s)::UBIGINT::HUGEINT - 9223372036854775808)::BIGINT";

  private static final Map<String, String> COLUMNS =
      Map.of("event_key", "VARCHAR", "commit_id", "VARCHAR", "payload_hash", "VARCHAR");

  private final LakeStore store;
  private final Path temporary;
  private Connection connection;

  /**
   * @param temporary a folder for one file at a time, made when it is needed
   */
  public LandedKeyReader(LakeStore store, Path temporary) {
    this.store = store;
    this.temporary = temporary;
  }

  /**
   * Which commits' rows of a file are wanted.
   *
   * @param condition on the commit's id, in SQL
   */
  public record Commits(String condition, String id) {

    /** All of them. */
    public static final Commits ALL = new Commits("commit_id >= ?", "");

    /** Those that are later than this one; all if it is null. */
    public static Commits after(String commit) {
      return commit == null ? ALL : new Commits("commit_id > ?", commit);
    }

    /** This one alone. */
    public static Commits only(String commit) {
      return new Commits("commit_id = ?", commit);
    }
  }

  /**
   * The keys in a file of events or dead letters; the other tables hold none that were claimed.
   *
   * @param keys takes the keys as they come
   * @return false if the lake doesn't have the file
   * @throws TransientException if it can't be read
   */
  public boolean read(Manifest.LandedFile file, Commits commits, Consumer<LandedKey> keys) {
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

  /** Gives up the memory that reading takes; reading again takes it again. */
  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("an engine in memory can't be closed", e);
    } finally {
      connection = null;
    }
  }

  private void query(Path file, boolean hashed, Commits commits, Consumer<LandedKey> keys)
      throws SQLException {
    Map<String, String> columns = new TreeMap<>(COLUMNS);
    if (!hashed) {
      columns.remove("payload_hash");
    }
    String sql =
        "SELECT %s, %s, %s FROM %s WHERE %s"
            .formatted(
                NUMBER.formatted("event_key[1:16]"),
                NUMBER.formatted("event_key[17:32]"),
                hashed ? NUMBER.formatted("payload_hash") : "NULL::BIGINT",
                FileScan.of(List.of(file.toAbsolutePath()), columns),
                commits.condition());
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.setString(1, commits.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          EventKey key = new EventKey(number(rows, 1), number(rows, 2));
          long hash = number(rows, 3);
          keys.accept(new LandedKey(key, rows.wasNull() ? 0 : hash));
        }
      }
    }
  }

  // opening one takes as long as reading tens of thousands of keys
  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement settings = connection.createStatement()) {
        settings.execute("SET threads = 1");
      }
    }
    return connection;
  }

  private static long number(ResultSet rows, int column) throws SQLException {
    return rows.getLong(column) ^ Long.MIN_VALUE;
  }
}
