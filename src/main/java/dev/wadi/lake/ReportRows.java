package dev.wadi.lake;

import dev.wadi.event.SetupException;
import java.io.Closeable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a query in chunks, as they come; the first row is the header. */
final class ReportRows implements Iterator<List<List<String>>>, Closeable {

  /** Large enough for a chunk's cost to be small, and small enough for any memory. */
  private static final int CHUNK = 1_000;

  private final Tables tables;
  private final ResultSet rows;
  private final int columns;
  private List<List<String>> next = new ArrayList<>();

  private ReportRows(Tables tables, ResultSet rows) throws SQLException {
    this.tables = tables;
    this.rows = rows;
    this.columns = rows.getMetaData().getColumnCount();
    List<String> header = new ArrayList<>();
    for (int column = 1; column <= columns; column++) {
      header.add(rows.getMetaData().getColumnLabel(column));
    }
    next.add(header);
    fill();
  }

  /**
   * Begins to read.
   *
   * @param tables closed with the rows, or if these can't be read
   */
  static ReportRows of(Tables tables) {
    try {
      return new ReportRows(tables, tables.query());
    } catch (SQLException e) {
      close(tables);
      throw unreadable(e);
    } catch (RuntimeException e) {
      close(tables);
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return !next.isEmpty();
  }

  @Override
  public List<List<String>> next() {
    if (next.isEmpty()) {
      throw new NoSuchElementException();
    }
    List<List<String>> chunk = next;
    next = new ArrayList<>();
    try {
      fill();
    } catch (SQLException e) {
      throw unreadable(e);
    }
    return chunk;
  }

  @Override
  public void close() {
    close(tables);
  }

  private void fill() throws SQLException {
    while (next.size() < CHUNK && rows.next()) {
      List<String> row = new ArrayList<>(columns);
      for (int column = 1; column <= columns; column++) {
        Object value = Cell.of(rows, column);
        row.add(value == null ? null : Cell.text(value));
      }
      next.add(row);
    }
  }

  private static void close(Tables tables) {
    try {
      tables.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB's memory can't be freed", e);
    }
  }

  private static SetupException unreadable(SQLException e) {
    return new SetupException("wadi.report.sql: " + SqlMessage.of(e), e);
  }
}
