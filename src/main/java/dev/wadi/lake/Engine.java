package dev.wadi.lake;

import dev.wadi.scan.FileScan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A DuckDB in this process's memory. What does not fit into memory goes to the system's temporary
 * folder; nothing is written beside the data.
 */
final class Engine implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Connection connection;

  private Engine(Connection connection) {
    this.connection = connection;
  }

  /**
   * Starts an engine.
   *
   * @param streaming whether results come as they are made; else a statement is done before its
   *     first row is read
   */
  static Engine open(boolean streaming) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", String.valueOf(streaming));
    Engine engine = new Engine(DriverManager.getConnection("jdbc:duckdb:", properties));
    engine.execute("SET TimeZone = 'UTC'");
    engine.execute("SET temp_directory = " + FileScan.quoted(spillFolder().toString()));
    return engine;
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** DuckDB makes it when it needs it, and removes it when it closes. */
  private static Path spillFolder() {
    String name = "wadi-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    return Path.of(System.getProperty("java.io.tmpdir"), name).toAbsolutePath();
  }
}
