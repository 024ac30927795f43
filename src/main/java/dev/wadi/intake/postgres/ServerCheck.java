package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Asks a server whether it can be read as the settings say, and says in one line what to do if not.
 * Makes the publication if it is missing, and nothing else.
 */
final class ServerCheck {

  private static final int OLDEST = 140_000;
  private static final int FAILOVER = 170_000;
  private static final Set<String> REFUSED = Set.of("28000", "28P01");
  private static final String NO_DATABASE = "3D000";
  private static final String DENIED = "42501";

  private static final String MAY_REPLICATE =
      """
      SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = current_user
                     AND (rolsuper OR rolreplication))
          OR EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication'
                     AND pg_has_role(current_user, oid, 'MEMBER'))""";

  private static final String TABLE =
      """
      SELECT c.relkind, c.relreplident, has_table_privilege(c.oid, 'SELECT'),
             EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ?""";

  private static final String SLOT =
      """
      SELECT s.plugin, s.database, s.confirmed_flush_lsn::text, s.wal_status, s.active_pid,
             a.application_name, host(a.client_addr)
      FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
      WHERE s.slot_name = ?""";

  private static final String PUBLICATION =
      "SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate FROM pg_publication WHERE pubname = ?";

  private static final String END =
      """
      SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                   ELSE pg_current_wal_lsn() END)::text""";

  /** One that a standby may keep too, if the server can: then a failover loses no change. */
  private static final String MAKE_FAILOVER_SLOT =
      """
      SELECT lsn::text FROM pg_create_logical_replication_slot(
        ?, 'pgoutput', failover => NOT pg_is_in_recovery())""";

  private static final String MAKE_SLOT =
      "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')";

  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('wadi'), hashtext(?))";

  private static final String PUBLISHED =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  private final Database database;
  private final PostgresSettings settings;

  ServerCheck(Database database, PostgresSettings settings) {
    this.database = database;
    this.settings = settings;
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
      for (Table table : settings.tables()) {
        tables.put(table, hasFullIdentity(connection, table));
      }
      Server.Slot slot = slot(connection);
      requirePublication(connection);
      String system = text(connection, "SELECT system_identifier::text FROM pg_control_system()");
      LogSequenceNumber end = LogSequenceNumber.valueOf(text(connection, END));
      return new Server(system, tables, slot, end);
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /**
   * Makes the slot; from now on the server keeps its log for it.
   *
   * @return the position behind which all transactions will be streamed
   */
  LogSequenceNumber makeSlot() throws SQLException {
    try (Connection connection = database.connect()) {
      // waits until all transactions have ended that run now, however long that takes
      connection.setNetworkTimeout(Runnable::run, 0);
      try (PreparedStatement make =
          connection.prepareStatement(
              version(connection) < FAILOVER ? MAKE_SLOT : MAKE_FAILOVER_SLOT)) {
        make.setString(1, settings.slot());
        try (ResultSet made = make.executeQuery()) {
          made.next();
          return LogSequenceNumber.valueOf(made.getString(1));
        }
      }
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /**
   * Keeps every other process off the slot for as long as the connection is open: the server itself
   * does that for one that streams, but not for one that reads rows.
   *
   * @throws TransientException if another does so
   */
  Connection hold() throws SQLException {
    Connection connection = database.connect();
    try {
      // so that the server soon finds out that a machine is gone
      text(connection, "SELECT set_config('tcp_keepalives_idle', '10', false)");
      text(connection, "SELECT set_config('tcp_keepalives_interval', '10', false)");
      text(connection, "SELECT set_config('tcp_keepalives_count', '3', false)");
      try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
        lock.setString(1, settings.slot());
        try (ResultSet held = lock.executeQuery()) {
          held.next();
          if (held.getBoolean(1)) {
            return connection;
          }
        }
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    connection.close();
    throw new TransientException(
        "the slot " + settings.slot() + " is another process's: it is taken over when that ends",
        null);
  }

  private static int version(Connection connection) throws SQLException {
    return Integer.parseInt(text(connection, "SHOW server_version_num"));
  }

  private void requireVersion(Connection connection) throws SQLException {
    if (version(connection) < OLDEST) {
      throw new SetupException(
          database
              + " is of PostgreSQL "
              + text(connection, "SHOW server_version")
              + ": changes are read from PostgreSQL 14 on");
    }
  }

  private void requireLogical(Connection connection) throws SQLException {
    String level = text(connection, "SHOW wal_level");
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
    if (!text(connection, MAY_REPLICATE).equals("t")) {
      throw new SetupException(
          "the user %s may not replicate %s: run ALTER ROLE \"%s\" REPLICATION (on RDS GRANT rds_replication TO \"%s\")"
              .formatted(database.user(), database, database.user(), database.user()));
    }
  }

  private boolean hasFullIdentity(Connection connection, Table table) throws SQLException {
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

  private Server.Slot slot(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(SLOT)) {
      ask.setString(1, settings.slot());
      try (ResultSet found = ask.executeQuery()) {
        if (!found.next()) {
          return null;
        }
        if (!"pgoutput".equals(found.getString(1)) || !database.name().equals(found.getString(2))) {
          throw new SetupException(
              "the slot "
                  + settings.slot()
                  + " is of the plugin "
                  + found.getString(1)
                  + " and the database "
                  + found.getString(2)
                  + ": set wadi.intake.postgres.slot to a name of its own");
        }
        if ("lost".equals(found.getString(4))) {
          throw new SetupException(
              "the server has thrown away log that the slot "
                  + settings.slot()
                  + " has not read (max_slot_wal_keep_size): these changes are lost; set"
                  + " wadi.intake.postgres.slot to a new name, which reads the tables from their"
                  + " start, and drop this one");
        }
        if (found.getString(3) == null) {
          throw new TransientException(
              "the slot "
                  + settings.slot()
                  + " is being made: the server waits for the transactions that run to end",
              null);
        }
        String pid = found.getString(5);
        String user =
            pid == null
                ? null
                : "process %s (%s at %s)".formatted(pid, found.getString(6), found.getString(7));
        return new Server.Slot(LogSequenceNumber.valueOf(found.getString(3)), user);
      }
    }
  }

  private void requirePublication(Connection connection) throws SQLException {
    String publication = settings.publication();
    try (PreparedStatement ask = connection.prepareStatement(PUBLICATION)) {
      ask.setString(1, publication);
      try (ResultSet found = ask.executeQuery()) {
        if (!found.next()) {
          publish(connection);
        } else if (!found.getBoolean(1)) {
          throw new SetupException(
              "the publication %s leaves out inserts, updates, deletes or truncates: run ALTER PUBLICATION \"%s\" SET (publish = 'insert, update, delete, truncate')"
                  .formatted(publication, publication));
        }
      }
    }
    Set<Table> missing = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
    missing.addAll(settings.tables());
    try (PreparedStatement ask = connection.prepareStatement(PUBLISHED)) {
      ask.setString(1, publication);
      try (ResultSet found = ask.executeQuery()) {
        while (found.next()) {
          missing.remove(new Table(found.getString(1), found.getString(2)));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new SetupException(
          "the publication %s is without %s: run ALTER PUBLICATION \"%s\" ADD TABLE %s"
              .formatted(
                  publication,
                  missing.iterator().next(),
                  publication,
                  quoted(List.copyOf(missing))));
    }
  }

  private void publish(Connection connection) throws SQLException {
    String make =
        "CREATE PUBLICATION \"%s\" FOR TABLE %s"
            .formatted(settings.publication(), quoted(settings.tables()));
    try (PreparedStatement statement = connection.prepareStatement(make)) {
      statement.execute();
    } catch (SQLException e) {
      if (!DENIED.equals(e.getSQLState())) {
        throw e;
      }
      throw new SetupException(
          "there is no publication "
              + settings.publication()
              + ", and the user "
              + database.user()
              + " may not make it: have the tables' owner run "
              + make,
          e);
    }
  }

  private RuntimeException setup(SQLException e) {
    if (REFUSED.contains(e.getSQLState())) {
      return new SetupException(
          database
              + " refuses the user "
              + database.user()
              + " ("
              + e.getMessage().replaceAll("\\s+", " ")
              + "): mend wadi.intake.postgres.user and WADI_INTAKE_POSTGRES_PASSWORD, or pg_hba.conf",
          e);
    }
    if (NO_DATABASE.equals(e.getSQLState())) {
      return new SetupException(
          "there is no database "
              + database.name()
              + " at "
              + database.host()
              + ":"
              + database.port()
              + ": mend wadi.intake.postgres.url",
          e);
    }
    return null;
  }

  private SQLException explained(SQLException e) {
    RuntimeException setup = setup(e);
    if (setup != null) {
      throw setup;
    }
    return e;
  }

  private static String quoted(List<Table> tables) {
    return tables.stream().map(Table::quoted).collect(Collectors.joining(", "));
  }

  private static String text(Connection connection, String question) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(question);
        ResultSet answer = ask.executeQuery()) {
      answer.next();
      return answer.getString(1);
    }
  }
}
