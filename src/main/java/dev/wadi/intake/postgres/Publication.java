package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the server sends of its changes: those of the tables, of every kind. */
final class Publication {

  private static final String DENIED = "42501";

  private static final String PUBLICATION =
      "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate FROM pg_publication WHERE pubname = ?";

  private static final String PUBLISHED =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  private final Database database;
  private final String name;
  private final List<Table> tables;

  Publication(Database database, String name, List<Table> tables) {
    this.database = database;
    this.name = name;
    this.tables = tables;
  }

  /**
   * Makes it if it isn't there.
   *
   * @throws SetupException if it leaves something out, or the user may not make it
   */
  void require(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(PUBLICATION)) {
      ask.setString(1, name);
      try (ResultSet found = ask.executeQuery()) {
        if (!found.next()) {
          publish(connection);
        } else if (!found.getBoolean(1)) {
          throw new SetupException(
              "the publication %s leaves out inserts, updates, deletes or truncates: run ALTER PUBLICATION \"%s\" SET (publish = 'insert, update, delete, truncate')"
                  .formatted(name, name));
        }
      }
    }
    Set<Table> missing = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
    missing.addAll(tables);
    try (PreparedStatement ask = connection.prepareStatement(PUBLISHED)) {
      ask.setString(1, name);
      try (ResultSet found = ask.executeQuery()) {
        while (found.next()) {
          missing.remove(new Table(found.getString(1), found.getString(2)));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new SetupException(
          "the publication %s is without %s: run ALTER PUBLICATION \"%s\" ADD TABLE %s"
              .formatted(name, missing.iterator().next(), name, quoted(List.copyOf(missing))));
    }
  }

  private void publish(Connection connection) throws SQLException {
    String make = "CREATE PUBLICATION \"%s\" FOR TABLE %s".formatted(name, quoted(tables));
    try (PreparedStatement statement = connection.prepareStatement(make)) {
      statement.execute();
    } catch (SQLException e) {
      if (!DENIED.equals(e.getSQLState())) {
        throw e;
      }
      throw new SetupException(
          "there is no publication "
              + name
              + ", and the user "
              + database.user()
              + " may not make it: have the tables' owner run "
              + make,
          e);
    }
  }

  private static String quoted(List<Table> tables) {
    return tables.stream().map(Table::quoted).collect(Collectors.joining(", "));
  }
}
