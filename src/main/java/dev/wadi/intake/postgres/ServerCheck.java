package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Asks a server whether it can be read as the settings say, and says in one line what to do if not.
 * Makes the {@link Publication} if it is missing, and nothing else.
 */
final class ServerCheck {

  private static final int OLDEST = 140_000;

  private static final String MAY_REPLICATE =
      """
      SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = current_user
                     AND (rolsuper OR rolreplication))
          OR EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication'
                     AND pg_has_role(current_user, oid, 'MEMBER'))""";

  private static final String END =
      """
      SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                   ELSE pg_current_wal_lsn() END)::text""";

  private final Database database;
  private final List<Table> named;
  private final TableCheck check;
  private final OwnSlot slot;
  private final Publication publication;

  ServerCheck(Database database, PostgresSettings settings) {
    this.database = database;
    this.named = settings.tables();
    this.check = new TableCheck(database);
    this.slot = new OwnSlot(database, settings.slot());
    this.publication = new Publication(database, settings.publication(), named);
  }

  /**
   * Asks.
   *
   * @throws SetupException if something must be mended
   * @throws SQLException if the server doesn't answer
   */
  Server ask() throws SQLException {
    try (Connection connection = database.connect()) {
      requireVersion(connection);
      requireLogical(connection);
      requireReplication(connection);
      Map<Table, Boolean> tables = new LinkedHashMap<>();
      for (Table table : named) {
        tables.put(table, check.hasFullIdentity(connection, table));
      }
      Server.Slot found = slot.find(connection);
      publication.require(connection);
      String system =
          Database.text(connection, "SELECT system_identifier::text FROM pg_control_system()");
      LogSequenceNumber end = LogSequenceNumber.valueOf(Database.text(connection, END));
      return new Server(system, tables, found, end);
    }
  }

  private void requireVersion(Connection connection) throws SQLException {
    if (Database.version(connection) < OLDEST) {
      throw new SetupException(
          database
              + " is of PostgreSQL "
              + Database.text(connection, "SHOW server_version")
              + ": changes are read from PostgreSQL 14 on");
    }
  }

  private void requireLogical(Connection connection) throws SQLException {
    String level = Database.text(connection, "SHOW wal_level");
    if (!level.equals("logical")) {
      throw new SetupException(
          "wal_level of "
              + database
              + " is "
              + level
              + ": set it to logical (on RDS the parameter rds.logical_replication to 1) and start"
              + " the server again");
    }
  }

  private void requireReplication(Connection connection) throws SQLException {
    if (!Database.text(connection, MAY_REPLICATE).equals("t")) {
      throw new SetupException(
          "the user %s may not replicate %s: run ALTER ROLE \"%s\" REPLICATION (on RDS GRANT rds_replication TO \"%s\")"
              .formatted(database.user(), database, database.user(), database.user()));
    }
  }
}
