package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Wadi in a process of its own, that captures the changes of a table into which its load goes. */
final class CapturedFrom extends WadiProcesses {

  private final PostgresServer server;
  private final Inserter inserter;

  private CapturedFrom(Arena arena, PostgresServer server) {
    super(
        arena,
        Map.of(
            "wadi.intake.queue",
            arena.another("unused"),
            "wadi.decode.shape",
            "row-change",
            "wadi.intake.postgres.url",
            "postgresql://127.0.0.1:" + server.port() + "/postgres",
            "wadi.intake.postgres.user",
            "postgres",
            "wadi.intake.postgres.tables",
            "public.messages",
            "wadi.intake.postgres.heartbeat",
            "300ms"));
    this.server = server;
    this.inserter = new Inserter(arena, server);
  }

  static CapturedFrom of(Arena arena) {
    try {
      PostgresServer server =
          PostgresServer.start(arena.folder().toAbsolutePath().resolve("postgres"));
      server.execute("CREATE TABLE messages (id bigint PRIMARY KEY, body text NOT NULL)");
      return new CapturedFrom(arena, server);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  PostgresServer server() {
    return server;
  }

  /** Until the slot has moved behind the last row. */
  @Override
  public boolean holdsMore() {
    // before that the slot may have been made behind rows that have not been read
    if (process(0).errors().stream().noneMatch(line -> line.contains("streams changes behind"))) {
      return true;
    }
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1 FROM pg_replication_slots WHERE confirmed_flush_lsn >= '"
                    + inserter.end()
                    + "'")) {
      return !rows.next();
    } catch (SQLException down) {
      return true;
    }
  }

  /** Each row that is in the table has landed once, as a row that was read or was created. */
  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    List<String> findings = CapturedRows.compare(server, copy);
    int lost = (int) findings.stream().filter(finding -> finding.startsWith("lost")).count();
    int twice = (int) findings.stream().filter(finding -> finding.startsWith("twice")).count();
    int others = findings.size() - lost - twice;
    return new Verdict(inserter.rows(), lost, twice, others, 0, findings);
  }

  @Override
  public void close() throws IOException {
    inserter.close();
    super.close();
    server.close();
  }
}
