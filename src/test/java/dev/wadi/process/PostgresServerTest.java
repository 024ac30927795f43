package dev.wadi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class PostgresServerTest {

  @TempDir Path folder;

  @Test
  void keepsWhatItHoldsThroughAnOutage() throws Exception {
    try (PostgresServer server = PostgresServer.start(folder.resolve("data"))) {
      server.execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)");
      int port = server.port();
      server.stop();
      server.resume();

      assertThat(server.port()).isEqualTo(port);
      assertThat(one(server, "SELECT id FROM kept")).isEqualTo("7");
      assertThat(one(server, "SHOW wal_level")).isEqualTo("logical");
    }
  }

  @Test
  void isOfTheVersionThatComposeRuns() throws Exception {
    String image = Images.named("POSTGRES_IMAGE");
    try (PostgresServer server = PostgresServer.start(folder.resolve("data"))) {
      assertThat(one(server, "SHOW server_version"))
          .startsWith(image.substring(image.indexOf(':') + 1));
    }
  }

  private static String one(PostgresServer server, String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
