package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Whether the tables can be read: they are there, their rows can be told apart, and the user may.
 */
final class TableCheck {

  private static final String TABLE =
      """
      SELECT c.relkind, c.relreplident, has_table_privilege(c.oid, 'SELECT'),
             EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?""";

  private final Database database;

  TableCheck(Database database) {
    this.database = database;
  }

  /**
   * Whether changes of a table have its whole row before them too.
   *
   * @throws SetupException if it can't be read
   */
  boolean hasFullIdentity(Connection connection, Table table) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(TABLE)) {
      ask.setString(1, table.schema());
      ask.setString(2, table.name());
      try (ResultSet found = ask.executeQuery()) {
        if (!found.next()) {
          throw new SetupException(
              "there is no table "
                  + table
                  + " in "
                  + database
                  + ": mend wadi.intake.postgres.tables");
        }
        requireReadable(table, found.getString(1), found.getBoolean(3), found.getBoolean(4));
        return isFull(table, found.getString(2));
      }
    }
  }

  private void requireReadable(Table table, String kind, boolean mayRead, boolean hasKey) {
    if (kind.equals("p")) {
      throw new SetupException(
          table + " is partitioned: name its partitions in wadi.intake.postgres.tables instead");
    }
    if (!kind.equals("r")) {
      throw new SetupException(
          table + " is no table: mend wadi.intake.postgres.tables, views have no changes");
    }
    if (!mayRead) {
      throw new SetupException(
          "the user %s may not read %s: run GRANT SELECT ON %s TO \"%s\", and GRANT USAGE ON SCHEMA \"%s\" too"
              .formatted(database.user(), table, table.quoted(), database.user(), table.schema()));
    }
    if (!hasKey) {
      throw new SetupException(
          table
              + " has no primary key, without which no row is told from another: run ALTER TABLE "
              + table.quoted()
              + " ADD PRIMARY KEY (...)");
    }
  }

  private static boolean isFull(Table table, String identity) {
    if (!identity.equals("d") && !identity.equals("f")) {
      throw new SetupException(
          "the replica identity of "
              + table
              + " is neither its primary key nor its whole row: run ALTER TABLE "
              + table.quoted()
              + " REPLICA IDENTITY DEFAULT, or FULL");
    }
    return identity.equals("f");
  }
}
