package dev.wadi.intake.postgres;

import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.replication.LogSequenceNumber;

/** The slot for which the server keeps its log until its changes have landed. */
final class OwnSlot {

  /** From this version on a standby may keep a slot. */
  private static final int FAILOVER = 170_000;

  private static final String SLOT =
      """
      SELECT s.plugin, s.database, s.confirmed_flush_lsn::text, s.wal_status, s.active_pid,
             a.application_name, host(a.client_addr)
      FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
      WHERE s.slot_name = ?""";

  /** One that a standby may keep too, if the server can: then a failover loses no change. */
  private static final String MAKE_FAILOVER_SLOT =
      """
      SELECT lsn::text FROM pg_create_logical_replication_slot(
        ?, 'pgoutput', failover => NOT pg_is_in_recovery())""";

  private static final String MAKE_SLOT =
      "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')";

  private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('wadi'), hashtext(?))";

  private final Database database;
  private final String name;

  OwnSlot(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /**
   * The slot as it is; null if there is none.
   *
   * @throws SetupException if it is another's, or has lost changes
   * @throws TransientException if it is being made
   */
  Server.Slot find(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(SLOT)) {
      ask.setString(1, name);
      try (ResultSet found = ask.executeQuery()) {
        if (!found.next()) {
          return null;
        }
        if (!"pgoutput".equals(found.getString(1)) || !database.name().equals(found.getString(2))) {
          throw new SetupException(
              "the slot "
                  + name
                  + " is of the plugin "
                  + found.getString(1)
                  + " and the database "
                  + found.getString(2)
                  + ": set wadi.intake.postgres.slot to a name of its own");
        }
        if ("lost".equals(found.getString(4))) {
          throw new SetupException(
              "the server has thrown away log that the slot "
                  + name
                  + " has not read (max_slot_wal_keep_size): these changes are lost; set"
                  + " wadi.intake.postgres.slot to a new name, which reads the tables from their"
                  + " start, and drop this one");
        }
        if (found.getString(3) == null) {
          throw new TransientException(
              "the slot "
                  + name
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

  /**
   * Makes the slot; from now on the server keeps its log for it.
   *
   * @return the position behind which all transactions will be streamed
   */
  LogSequenceNumber make() throws SQLException {
    try (Connection connection = database.connect()) {
      // waits until all transactions have ended that run now, however long that takes
      connection.setNetworkTimeout(Runnable::run, 0);
      try (PreparedStatement make =
          connection.prepareStatement(
              Database.version(connection) < FAILOVER ? MAKE_SLOT : MAKE_FAILOVER_SLOT)) {
        make.setString(1, name);
        try (ResultSet made = make.executeQuery()) {
          made.next();
          return LogSequenceNumber.valueOf(made.getString(1));
        }
      }
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
      Database.text(connection, "SELECT set_config('tcp_keepalives_idle', '10', false)");
      Database.text(connection, "SELECT set_config('tcp_keepalives_interval', '10', false)");
      Database.text(connection, "SELECT set_config('tcp_keepalives_count', '3', false)");
      try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
        lock.setString(1, name);
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
        "the slot " + name + " is another process's: it is taken over when that ends", null);
  }
}
