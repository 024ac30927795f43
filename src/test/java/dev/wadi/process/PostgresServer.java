package dev.wadi.process;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A real PostgreSQL of the test's own on loopback, whose write-ahead log can be decoded: the
 * binaries come as artifacts, so neither an installation nor Docker is needed. Its superuser is
 * {@code postgres}; there is no password.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private PostgresServer(Path data) throws IOException {
    this.data = data;
    this.server = open(data, 0);
    this.port = server.getPort();
  }

  /**
   * Starts it, and returns when it answers.
   *
   * @param data where its files are kept; made if it isn't there
   */
  public static PostgresServer start(Path data) throws IOException {
    return new PostgresServer(data);
  }

  /** Stops it as an outage would: connections break; what was committed is kept. */
  public void stop() throws IOException {
    server.close();
    // it waits until who reads its log has confirmed all, for longer than its closing does
    await().atMost(PATIENCE).until(() -> Files.notExists(data.resolve("postmaster.pid")));
  }

  /** Starts it again after {@link #stop}, on the same port, with what it held. */
  public void resume() throws IOException {
    server = open(data, port);
  }

  /** The port that it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Where a JDBC driver finds a database of it. */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection of its superuser to the database {@code postgres}. */
  public Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** Runs statements as its superuser in the database {@code postgres}. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static EmbeddedPostgres open(Path data, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(PATIENCE)
            .setServerConfig("wal_level", "logical")
            .setServerConfig("listen_addresses", "127.0.0.1");
    if (port > 0) {
      builder.setPort(port);
    }
    return builder.start();
  }
}
