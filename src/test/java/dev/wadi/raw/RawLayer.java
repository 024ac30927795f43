package dev.wadi.raw;

import dev.wadi.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The scripts of deploy/postgres, and statements by whomever. */
final class RawLayer {

  private static final Path SCRIPTS = Path.of("deploy/postgres");

  private final PostgresServer server;
  private final String database;

  /**
   * @param database made by it
   */
  RawLayer(PostgresServer server, String database, String owner) throws SQLException {
    this.server = server;
    this.database = database;
    server.execute("CREATE DATABASE " + database + " OWNER " + owner);
  }

  /** Runs a script in one session, as psql and every driver can. */
  void run(String script, String user, String... before) throws SQLException, IOException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      for (String sql : before) {
        statement.execute(sql);
      }
      statement.execute(Files.readString(SCRIPTS.resolve(script)));
    }
  }

  /** The same over a connection with these properties. */
  void run(String script, Properties connecting) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(server.url(database), connecting);
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(SCRIPTS.resolve(script)));
    }
  }

  /** Runs a statement; returns how many rows it has changed. */
  int execute(String user, String sql) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Math.max(0, statement.getUpdateCount());
    }
  }

  /** The first column of a query's rows. */
  List<String> ask(String user, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(server.url(database), user, "");
  }
}
