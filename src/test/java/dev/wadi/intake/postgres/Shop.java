package dev.wadi.intake.postgres;

import dev.wadi.process.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.replication.LogSequenceNumber;

/** A table of orders that is written to, and a note of every change that was made of it. */
final class Shop {

  /**
   * One change that was committed.
   *
   * @param text what tells it: its operation, key and new value
   * @param end the end of the log when it had been committed
   */
  record Made(String text, LogSequenceNumber end) {}

  private final PostgresServer server;
  private final List<Made> made = new ArrayList<>();
  private int next = 1;

  Shop(PostgresServer server) throws SQLException {
    this.server = server;
    server.execute(
        "CREATE ROLE wadi LOGIN REPLICATION PASSWORD 'secret'",
        "CREATE TABLE orders (id int PRIMARY KEY, name text NOT NULL, amount numeric(12,2))",
        "GRANT SELECT ON orders TO wadi",
        "CREATE PUBLICATION wadi FOR TABLE orders");
  }

  /** Rows that are there before anybody reads; they are no changes. */
  void fill(int rows) throws SQLException {
    server.execute(
        "INSERT INTO orders SELECT i, 'first ' || i, i FROM generate_series(1, %d) i"
            .formatted(rows));
    next = rows + 1;
  }

  /** Commits transactions, each of an insert, an update, and now and then a delete. */
  void trade(int transactions) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        List<String> texts = new ArrayList<>();
        int id = next++;
        statement.execute("INSERT INTO orders VALUES (%d, 'new', 1.50)".formatted(id));
        texts.add("create " + id + " new");
        statement.execute("UPDATE orders SET name = 'paid' WHERE id = " + id);
        texts.add("update " + id + " paid");
        if (id % 3 == 0) {
          statement.execute("DELETE FROM orders WHERE id = " + id);
          texts.add("delete " + id + " null");
        }
        connection.commit();
        LogSequenceNumber end = end(statement);
        connection.commit();
        texts.forEach(text -> made.add(new Made(text, end)));
      }
    }
  }

  /** One statement whose changes have one position in the log. */
  void copyIn(int rows) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      StringBuilder lines = new StringBuilder();
      int first = next;
      for (int i = 0; i < rows; i++) {
        lines.append(next++).append("\tcopied\t2.00\n");
      }
      connection
          .unwrap(org.postgresql.PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY orders FROM STDIN", new java.io.StringReader(lines.toString()));
      LogSequenceNumber end = end(statement);
      for (int id = first; id < next; id++) {
        made.add(new Made("create " + id + " copied", end));
      }
    }
  }

  /** All changes so far, in their order. */
  List<Made> made() {
    return List.copyOf(made);
  }

  /** The names of all orders that there are now. */
  Map<Integer, String> orders() throws SQLException {
    Map<Integer, String> orders = new TreeMap<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, name FROM orders")) {
      while (rows.next()) {
        orders.put(rows.getInt(1), rows.getString(2));
      }
    }
    return orders;
  }

  /** Up to where the server believes that the slot's changes have landed. */
  LogSequenceNumber confirmed() throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = 'wadi'")) {
      return rows.next() ? LogSequenceNumber.valueOf(rows.getString(1)) : null;
    }
  }

  private static LogSequenceNumber end(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
      rows.next();
      return LogSequenceNumber.valueOf(rows.getString(1));
    }
  }
}
