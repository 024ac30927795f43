package dev.wadi.crash.run;

import dev.wadi.process.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Makes a row of each message that a load is sent as. Nothing happens to it: a message is there
 * until its row is committed, and a server that is down is tried again.
 */
final class Inserter implements AutoCloseable {

  private final PostgresServer server;
  private final LoadTaker taker;
  private volatile int rows;
  private volatile String end = "0/0";

  Inserter(Arena arena, PostgresServer server) {
    this.server = server;
    this.taker = new LoadTaker(arena, this::insert, () -> {});
    taker.start();
  }

  /** How many rows it has made. */
  int rows() {
    return rows;
  }

  /** The end of the server's log behind the last row. */
  String end() {
    return end;
  }

  @Override
  public void close() {
    taker.close();
  }

  private void insert(Message message) {
    int id = rows + 1;
    while (!taker.isClosed() && !isInserted(id, message.body())) {
      Arena.pass(Duration.ofMillis(100));
    }
    rows = id;
  }

  /** A row that was committed without an answer is not made again. */
  private boolean isInserted(int id, String body) {
    try (Connection connection = server.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO messages VALUES (?, ?) ON CONFLICT DO NOTHING");
        Statement ask = connection.createStatement()) {
      insert.setLong(1, id);
      insert.setString(2, body);
      insert.execute();
      try (ResultSet answer = ask.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
        answer.next();
        end = answer.getString(1);
      }
      return true;
    } catch (SQLException down) {
      return false;
    }
  }
}
