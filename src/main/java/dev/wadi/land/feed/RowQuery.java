package dev.wadi.land.feed;

import dev.wadi.event.ColumnType;
import dev.wadi.event.TransientException;
import dev.wadi.scan.FileScan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Reads the rows of a file as they come, with memory that doesn't grow with the file. For one
 * thread.
 */
final class RowQuery implements AutoCloseable {

  private static final String DOC = "_doc";

  private final Path temporary;
  private final boolean documents;
  private Connection connection;

  /**
   * @param temporary where a query may put what it can't hold
   * @param documents whether rows have their {@code _doc}
   */
  RowQuery(Path temporary, boolean documents) {
    this.temporary = temporary;
    this.documents = documents;
  }

  /**
   * Reads a file.
   *
   * @param columns those of a file that doesn't say it itself
   * @param commit whose rows alone are wanted; null for all
   * @throws TransientException if it can't be read
   */
  void read(Path file, Supplier<Map<String, ColumnType>> columns, String commit, RowSink sink)
      throws InterruptedException {
    try {
      List<Path> files = List.of(file.toAbsolutePath());
      String from =
          FileScan.parquet(files).isEmpty()
              ? FileScan.of(files, sqlTypes(columns.get()))
              : FileScan.ofParquet(files);
      String sql = "SELECT * FROM " + from + (commit == null ? "" : " WHERE commit_id = ?");
      try (PreparedStatement statement = connection().prepareStatement(sql)) {
        if (commit != null) {
          statement.setString(1, commit);
        }
        try (ResultSet rows = statement.executeQuery()) {
          read(rows, sink);
        }
      }
    } catch (SQLException e) {
      // a query that broke off may have left the engine in any state
      close();
      throw new TransientException("can't read " + file.getFileName() + ": " + e.getMessage(), e);
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

  private void read(ResultSet rows, RowSink sink) throws SQLException, InterruptedException {
    ResultSetMetaData meta = rows.getMetaData();
    String[] names = new String[meta.getColumnCount()];
    for (int column = 0; column < names.length; column++) {
      String name = meta.getColumnLabel(column + 1);
      boolean wanted = !name.equals(FileScan.FILE) && (documents || !name.equals(DOC));
      names[column] = wanted ? name : null;
    }
    while (rows.next()) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int column = 0; column < names.length; column++) {
        Object value = names[column] == null ? null : rows.getObject(column + 1);
        if (value != null) {
          row.put(names[column], plain(value));
        }
      }
      sink.take(row);
    }
  }

  /** What every data format can write: text, numbers, booleans. */
  private static Object plain(Object value) {
    return value instanceof OffsetDateTime time ? time.toInstant().toString() : value;
  }

  private static Map<String, String> sqlTypes(Map<String, ColumnType> columns) {
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach(
        (name, type) ->
            types.put(
                name,
                switch (type) {
                  case TEXT -> "VARCHAR";
                  case BIGINT -> "BIGINT";
                  case DOUBLE -> "DOUBLE";
                  case BOOLEAN -> "BOOLEAN";
                  case TIMESTAMP -> "TIMESTAMPTZ";
                }));
    return types;
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      Properties streaming = new Properties();
      streaming.setProperty("jdbc_stream_results", "true");
      connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
      try (Statement settings = connection.createStatement()) {
        settings.execute("SET threads = 1");
        settings.execute("SET TimeZone = 'UTC'");
        settings.execute("SET temp_directory = " + FileScan.quoted(temporary.toString()));
      }
    }
    return connection;
  }
}
