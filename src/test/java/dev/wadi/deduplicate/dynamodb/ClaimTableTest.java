package dev.wadi.deduplicate.dynamodb;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contracts by the fake, in batches and one by one: it must keep what a server keeps. */
@Tag("unit")
class ClaimTableTest {

  private final FakeDynamo dynamo = new FakeDynamo(FakeDynamo.Batches.SUPPORTED);

  @Nested
  class Claims extends ClaimsContract {

    @Override
    DynamoDbClient client() {
      return dynamo;
    }

    @Override
    String table() {
      return "claims";
    }
  }

  @Nested
  class Lines extends LinesContract {

    @Override
    DynamoDbClient client() {
      return dynamo;
    }

    @Override
    String table() {
      return "claims";
    }
  }

  @Nested
  class KeysOfRoutes extends RouteKeysContract {

    @Override
    DynamoDbClient client() {
      return dynamo;
    }

    @Override
    String table() {
      return "claims";
    }
  }

  @Nested
  class ClaimsOneByOne extends ClaimsContract {

    private final FakeDynamo motos = new FakeDynamo(FakeDynamo.Batches.INSERT_TWICE);

    @Override
    DynamoDbClient client() {
      return motos;
    }

    @Override
    String table() {
      return "claims";
    }
  }

  @Nested
  class ClaimsWithHalfOfABatchThrottled extends ClaimsContract {

    private final FakeDynamo busy = new FakeDynamo(FakeDynamo.Batches.HALF_THROTTLED);

    @Override
    DynamoDbClient client() {
      return busy;
    }

    @Override
    String table() {
      return "claims";
    }
  }
}
