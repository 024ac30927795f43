package dev.wadi.deduplicate.dynamodb;

import dev.wadi.ops.Closing;
import dev.wadi.process.MotoServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contracts by a server, each process with a client of its own. */
@Tag("integration")
class ClaimTableIT {

  private static final Closing OPENED = new Closing();
  private static MotoServer server;

  @BeforeAll
  static void start() throws Exception {
    server = OPENED.opened(MotoServer.start());
  }

  @AfterAll
  static void stop() {
    OPENED.close();
  }

  private static DynamoDbClient newClient() {
    return OPENED.opened(Tables.client(server.endpoint()));
  }

  @Nested
  class Claims extends ClaimsContract {

    @Override
    DynamoDbClient client() {
      return newClient();
    }

    @Override
    String table() {
      return "claims-" + UUID.randomUUID();
    }
  }

  @Nested
  class Lines extends LinesContract {

    @Override
    DynamoDbClient client() {
      return newClient();
    }

    @Override
    String table() {
      return "claims-" + UUID.randomUUID();
    }
  }

  @Nested
  class KeysOfRoutes extends RouteKeysContract {

    @Override
    DynamoDbClient client() {
      return newClient();
    }

    @Override
    String table() {
      return "claims-" + UUID.randomUUID();
    }
  }
}
