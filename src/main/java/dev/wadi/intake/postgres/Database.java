package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A database to read, and as whom. Its text never has the password.
 *
 * @param host the server
 * @param name the database's name there
 * @param parameters of the JDBC driver, such as {@code sslmode}
 */
public record Database(
    String host,
    int port,
    String name,
    Map<String, String> parameters,
    String user,
    String password) {

  private static final int USUAL_PORT = 5432;
  private static final Set<String> REFUSED = Set.of("28000", "28P01");
  private static final String NO_DATABASE = "3D000";

  /**
   * @param url such as {@code postgresql://db.example:5432/shop?sslmode=verify-full}
   * @throws SetupException if it is no such URL, or has a password in it
   */
  public static Database of(String url, String user, String password) {
    URI uri = uri(url);
    if (uri.getUserInfo() != null) {
      throw new SetupException(
          "wadi.intake.postgres.url has a user in it: set wadi.intake.postgres.user and, in the"
              + " environment, WADI_INTAKE_POSTGRES_PASSWORD instead");
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || !path.matches("/[^/]+")) {
      throw new SetupException(
          "wadi.intake.postgres.url is no URL such as postgresql://db.example:5432/shop");
    }
    return new Database(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        path.substring(1),
        parameters(uri.getQuery()),
        user,
        password);
  }

  /**
   * A connection for questions, with time limits, so that a server that hangs holds up nobody.
   *
   * @throws SetupException if the server refuses the user, or has no such database
   * @throws SQLException if it doesn't answer
   */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "wadi");
    properties.putAll(parameters);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://" + host + ":" + port + "/" + name, properties);
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /** The answer of one value to a question. */
  static String text(Connection connection, String question) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(question);
        ResultSet answer = ask.executeQuery()) {
      answer.next();
      return answer.getString(1);
    }
  }

  /** The server's version, such as 170002. */
  static int version(Connection connection) throws SQLException {
    return Integer.parseInt(text(connection, "SHOW server_version_num"));
  }

  private SQLException explained(SQLException e) {
    if (REFUSED.contains(e.getSQLState())) {
      throw new SetupException(
          this
              + " refuses the user "
              + user
              + " ("
              + e.getMessage().replaceAll("\\s+", " ")
              + "): mend wadi.intake.postgres.user and WADI_INTAKE_POSTGRES_PASSWORD, or pg_hba.conf",
          e);
    }
    if (NO_DATABASE.equals(e.getSQLState())) {
      throw new SetupException(
          "there is no database "
              + name
              + " at "
              + host
              + ":"
              + port
              + ": mend wadi.intake.postgres.url",
          e);
    }
    return e;
  }

  @Override
  public String toString() {
    return "the database " + name + " of " + host + ":" + port;
  }

  private static URI uri(String url) {
    try {
      return URI.create(url.replaceFirst("^jdbc:", ""));
    } catch (IllegalArgumentException e) {
      // the text may hold a password
      throw new SetupException(
          "wadi.intake.postgres.url is no URL such as postgresql://db.example:5432/shop");
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query != null) {
      for (String parameter : query.split("&")) {
        int equals = parameter.indexOf('=');
        parameters.put(
            equals < 0 ? parameter : parameter.substring(0, equals),
            equals < 0 ? "true" : parameter.substring(equals + 1));
      }
    }
    return parameters;
  }
}
