package dev.wadi.outbound;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.outbound.Refusals.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The raw copy of events in a table of PostgreSQL: {@code key text primary key, type text, time
 * timestamptz, source text, doc jsonb}. A batch is inserted by one statement, which leaves out what
 * is there already; so loading it again changes nothing. A row that PostgreSQL can't hold is
 * refused and its neighbours are inserted. For one thread at a time.
 */
public final class PostgresTable implements AutoCloseable {

  private static final String COLUMNS =
      "key text PRIMARY KEY, type text, time timestamptz, source text, doc jsonb";

  private static final String INSERT =
      """
      INSERT INTO %s (key, type, time, source, doc)
      SELECT r.key, r.type, r.time::timestamptz, r.source, r.doc::jsonb
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        AS r(key, type, time, source, doc)
      ON CONFLICT (key) DO NOTHING
      """;

  private final PostgresConnection postgres;
  private final String table;
  private final Refusals refusals;
  private final ReentrantLock inserting = new ReentrantLock();

  /**
   * @param postgres where it is
   * @param table its name, with its schema before a dot if that isn't the user's usual one
   */
  public PostgresTable(PostgresConnection postgres, String table, Refusals refusals) {
    this.postgres = postgres;
    this.table = quoted(table);
    this.refusals = refusals;
  }

  /**
   * Inserts rows, those that are there already left out.
   *
   * @return how many were new
   * @throws TransientException if the database doesn't answer, or fails
   * @throws SetupException if the table can't be used as it is
   */
  int insert(List<Row> rows, Origin origin) {
    inserting.lock();
    try {
      return insert(postgres.open(this::makeTable), rows, origin);
    } catch (SQLException e) {
      postgres.close();
      throw failure(e);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    } finally {
      inserting.unlock();
    }
  }

  /** Waits for no answer: an insert that is under way fails. */
  @Override
  public void close() {
    if (!inserting.tryLock()) {
      postgres.abort();
      return;
    }
    try {
      postgres.close();
    } finally {
      inserting.unlock();
    }
  }

  private int insert(Connection connection, List<Row> rows, Origin origin) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(table))) {
      insert.setArray(1, array(connection, rows, Row::key));
      insert.setArray(2, array(connection, rows, row -> row.text("event_type")));
      insert.setArray(3, array(connection, rows, row -> row.text("event_time")));
      insert.setArray(4, array(connection, rows, row -> row.text("event_source")));
      insert.setArray(5, array(connection, rows, PostgresTable::document));
      return insert.executeUpdate();
    } catch (SQLException e) {
      if (!isOfRow(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        refusals.refuse(origin, rows.get(0).key(), e.getSQLState() + ": " + e.getMessage());
        return 0;
      }
      int half = rows.size() / 2;
      return insert(connection, rows.subList(0, half), origin)
          + insert(connection, rows.subList(half, rows.size()), origin);
    }
  }

  /** Rows without the original, as of dead letters, go in as they are. */
  private static String document(Row row) {
    String document = row.text("_doc");
    return document == null ? row.json() : document;
  }

  /** Whether a failure is one of the values (22) or of a constraint (23), not of the database. */
  private static boolean isOfRow(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("22") || state.startsWith("23");
  }

  private static java.sql.Array array(
      Connection connection, List<Row> rows, Function<Row, String> column) throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(column).toArray(String[]::new));
  }

  /** Asked first, since whoever may not create tables may not say IF NOT EXISTS either. */
  private void makeTable(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement("SELECT to_regclass(?)::text")) {
      ask.setString(1, table);
      try (ResultSet found = ask.executeQuery()) {
        if (found.next() && found.getString(1) != null) {
          return;
        }
      }
    }
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE " + table + " (" + COLUMNS + ")");
    } catch (SQLException e) {
      if (!"42501".equals(e.getSQLState()) && !"3F000".equals(e.getSQLState())) {
        throw e;
      }
      throw new SetupException(
          "PostgreSQL has no table %s, and Wadi may not make it (%s): let its owner run CREATE TABLE %s (%s)"
              .formatted(table, e.getMessage(), table, COLUMNS),
          e);
    }
  }

  private RuntimeException failure(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("42")) {
      return new SetupException(
          "PostgreSQL does not take rows into %s (%s): it needs the columns %s, and Wadi's user the right to SELECT and INSERT"
              .formatted(table, e.getMessage(), COLUMNS),
          e);
    }
    return new TransientException("PostgreSQL does not take rows: " + e.getMessage(), e);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"").replace(".", "\".\"") + '"';
  }
}
