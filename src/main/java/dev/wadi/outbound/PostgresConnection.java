package dev.wadi.outbound;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a database, opened when it is needed and again when it broke. Nothing waits
 * for it for ever. Used by one thread at a time, beside which another may {@link #abort}.
 */
public final class PostgresConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresConnection.class);

  private static final String CONNECT_SECONDS = "10";

  /** More than an insert of one batch takes. */
  private static final String ANSWER_SECONDS = "60";

  private final String url;
  private final Properties properties = new Properties();
  private volatile Connection connection;

  /** Done with each connection before anything else. */
  interface Beginning {
    void with(Connection connection) throws SQLException;
  }

  /**
   * @param url as the JDBC driver takes it
   * @param user blank for the driver's own default
   * @param password blank for none
   */
  public PostgresConnection(String url, String user, String password) {
    this.url = url;
    if (!user.isBlank()) {
      properties.setProperty("user", user);
    }
    if (!password.isBlank()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "wadi");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", ANSWER_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
  }

  /** The connection; what is done in it is done at once, each statement by itself. */
  Connection open(Beginning beginning) throws SQLException {
    if (connection == null) {
      Connection opened = DriverManager.getConnection(url, properties);
      try {
        beginning.with(opened);
      } catch (SQLException | RuntimeException e) {
        opened.close();
        throw e;
      }
      connection = opened;
    }
    return connection;
  }

  /** Lets it go; the next one who needs it opens another. */
  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("a broken connection can't be closed", e);
    } finally {
      connection = null;
    }
  }

  /** Breaks off whatever is under way; the next one who needs it opens another. */
  void abort() {
    Connection broken = connection;
    try {
      if (broken != null) {
        broken.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("a connection can't be broken off", e);
    }
  }
}
