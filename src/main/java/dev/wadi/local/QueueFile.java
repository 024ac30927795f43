package dev.wadi.local;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The SQLite file that holds the queue's messages. With a write-ahead log and NORMAL
 * synchronisation, what was accepted survives a kill of the process; ElasticMQ's default store (H2)
 * lost some.
 */
final class QueueFile {

  static final String DRIVER = "org.sqlite.JDBC";

  private final Path path;

  QueueFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  String url() {
    return "jdbc:sqlite:" + path + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=30000";
  }

  /**
   * Makes sure that the file is a database which can be written, or can become one: ElasticMQ says
   * nothing for a minute when it isn't.
   *
   * @throws SetupException if not
   */
  void check() {
    try {
      Files.createDirectories(path.getParent());
    } catch (IOException e) {
      throw new SetupException("the folder " + path.getParent() + " can't be made: " + e, e);
    }
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw new SetupException(
          "the queue's file "
              + path
              + " can't be used ("
              + e.getMessage()
              + "): free it or move it away; without it the queue starts empty",
          e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
