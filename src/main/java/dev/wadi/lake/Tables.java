package dev.wadi.lake;

import dev.wadi.event.SetupException;
import dev.wadi.scan.FileScan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lake's tables for SQL: {@code events}, {@code duplicates}, {@code conflicts} and {@code
 * dead_letters}, as they were when this was opened, and {@code replays}, what became of dead
 * letters that were sent again. Read-only: a statement can neither write nor read a file that is
 * not one of the tables'. For one thread and one query at a time.
 */
public final class Tables implements AutoCloseable {

  /** What DuckDB's driver says when a streamed statement fails before its first rows. */
  private static final String LOST_REASON = "Invalid Input Error: Invalid result set";

  private final LakeFolder lake;
  private final String sql;
  private final Engine engine;

  private Tables(LakeFolder lake, String sql, Engine engine) {
    this.lake = lake;
    this.sql = sql;
    this.engine = engine;
  }

  /**
   * Opens the tables that a statement names, or all if it names none. Opening a table reads the
   * footers of all its files, so those that are not asked for are left alone.
   *
   * @throws SetupException if the statement is not one that reads, or the lake can't be read
   */
  public static Tables open(LakeFolder lake, String sql) {
    return open(lake, sql, true);
  }

  private static Tables open(LakeFolder lake, String sql, boolean streaming) {
    try {
      Engine engine = Engine.open(streaming);
      try {
        Selection.check(engine.connection(), sql);
        makeViews(engine, lake, sql, Snapshot.of(lake));
        if (sql.toLowerCase(Locale.ROOT).contains(ReplayIndex.TABLE)) {
          ReplayIndex.make(engine, lake);
        }
        lock(engine, lake);
        return new Tables(lake, sql, engine);
      } catch (SQLException | RuntimeException e) {
        engine.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new SetupException("the lake can't be read: " + SqlMessage.of(e), e);
    }
  }

  /**
   * Runs the statement that the tables were opened for.
   *
   * @param parameters for its question marks
   * @return a result that is read as it comes; closing it, or the tables, ends the statement
   * @throws SetupException if the statement is wrong
   */
  public ResultSet query(Object... parameters) {
    try {
      return execute(parameters);
    } catch (SQLException e) {
      SQLException reason = LOST_REASON.equals(e.getMessage()) ? reason(e, parameters) : e;
      throw new SetupException("SQL: " + SqlMessage.withHint(reason), reason);
    }
  }

  private ResultSet execute(Object... parameters) throws SQLException {
    if (parameters.length == 0) {
      // preparing would bind the files a second time
      Statement statement = engine.connection().createStatement();
      statement.closeOnCompletion();
      return statement.executeQuery(sql);
    }
    PreparedStatement statement = engine.connection().prepareStatement(sql);
    statement.closeOnCompletion();
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement.executeQuery();
  }

  private SQLException reason(SQLException lost, Object... parameters) {
    try (Tables again = open(lake, sql, false)) {
      again.execute(parameters).close();
      return lost;
    } catch (SQLException e) {
      return e;
    }
  }

  @Override
  public void close() throws SQLException {
    engine.close();
  }

  private static void makeViews(Engine engine, LakeFolder lake, String sql, Snapshot first)
      throws SQLException {
    List<LakeTable> named = named(sql);
    try {
      makeViews(engine, lake, first, named);
    } catch (SQLException e) {
      if (missing(first, named).isEmpty()) {
        throw e;
      }
      Snapshot second = Snapshot.of(lake);
      Optional<Path> missing = missing(second, named);
      if (missing.isPresent()) {
        throw new SetupException(
            "the lake has lost " + missing.get() + ", which a commit names: see `wadi verify`", e);
      }
      makeViews(engine, lake, second, named);
    }
  }

  private static void makeViews(
      Engine engine, LakeFolder lake, Snapshot snapshot, List<LakeTable> tables)
      throws SQLException {
    for (LakeTable table : tables) {
      TableView.make(engine, lake, table, snapshot.files(table));
    }
  }

  /** The tables that a statement may name; all if it names none. */
  static List<LakeTable> named(String sql) {
    String text = sql.toLowerCase(Locale.ROOT);
    List<LakeTable> all = List.of(LakeTable.values());
    List<LakeTable> named = all.stream().filter(table -> text.contains(table.sqlName())).toList();
    return named.isEmpty() ? all : named;
  }

  private static Optional<Path> missing(Snapshot snapshot, List<LakeTable> tables) {
    return tables.stream()
        .flatMap(table -> snapshot.files(table).stream())
        .filter(file -> !Files.exists(file))
        .findFirst();
  }

  /** A second line of defence: no file but the tables' can be opened, and no setting changed. */
  private static void lock(Engine engine, LakeFolder lake) throws SQLException {
    String folders =
        Arrays.stream(LakeTable.values())
            .flatMap(table -> table.folders().stream())
            .map(folder -> FileScan.quoted(lake.file(folder).toString()))
            .collect(Collectors.joining(", "));
    engine.execute("SET allowed_directories = [" + folders + "]");
    engine.execute("SET enable_external_access = false");
    engine.execute("SET lock_configuration = true");
  }
}
