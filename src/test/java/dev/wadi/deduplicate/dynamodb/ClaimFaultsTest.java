package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static dev.wadi.deduplicate.dynamodb.Tables.key;
import static dev.wadi.deduplicate.dynamodb.Tables.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.deduplicate.dynamodb.FakeDynamo.Batches;
import dev.wadi.deduplicate.dynamodb.FakeDynamo.Fault;
import dev.wadi.event.Fates;
import dev.wadi.event.SetupException;
import dev.wadi.event.SharedClaims;
import dev.wadi.event.SharedClaims.Busy;
import dev.wadi.event.SharedClaims.Held;
import dev.wadi.event.SharedClaims.Taken;
import dev.wadi.event.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Claims where answers get lost, requests arrive late, and the table is busy, away or closed. */
@Tag("unit")
class ClaimFaultsTest {

  private static final Fault[] TIMES_OUT =
      Collections.nCopies(40, Fault.LATE).toArray(Fault[]::new);

  private final LakeFates lake = new LakeFates();
  private final TestClock clock = new TestClock();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private FakeDynamo dynamo;
  private ClaimTable table;
  private SharedClaims claims;

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aClaimWhoseAnswerGotLostIsHeld() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.ANSWER_LOST);

    assertThat(claims.claim(commit(1), wanted(0, 1))).containsExactly(new Held());
    assertThat(retries("failed")).isEqualTo(1);
  }

  @Test
  void aBatchWhoseAnswerGotLostIsHeld() {
    open(Batches.SUPPORTED);
    dynamo.nextBatches(Fault.ANSWER_LOST);

    assertThat(claims.claim(commit(1), wanted(0, 25))).hasSize(25).containsOnly(new Held());
  }

  @Test
  void aTakeoverWhoseAnswerGotLostIsHeld() {
    open(Batches.DENIED);
    claims.claim(commit(1), wanted(0, 1));
    lake.givenUp(commit(1));
    dynamo.nextWrites(Fault.NONE, Fault.ANSWER_LOST);

    assertThat(claims.claim(commit(2), wanted(0, 1))).containsExactly(new Held());
  }

  @Test
  void aClaimThatArrivesAfterItsReleaseDoesNotComeBack() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.LATE);
    claims.claim(commit(1), wanted(0, 1));
    claims.release(commit(1), List.of(key(0)));
    dynamo.deliverLate();
    lake.stands(commit(1));

    assertThat(claims.claim(commit(2), wanted(0, 1))).containsExactly(new Held());
  }

  @Test
  void aClaimThatWasReleasedBeforeItArrivedDoesNotArrive() {
    open(Batches.DENIED);
    dynamo.nextWrites(TIMES_OUT);
    dynamo.beforeWrites(() -> clock.advance(Duration.ofSeconds(1)));
    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(TransientException.class);
    dynamo.endFaults();
    claims.release(commit(1), List.of(key(0)));
    dynamo.deliverLate();
    lake.stands(commit(1));

    assertThat(claims.claim(commit(2), wanted(0, 1))).containsExactly(new Held());
  }

  @Test
  void aTakeoverThatArrivesAfterItsReleaseDoesNotComeBack() {
    open(Batches.DENIED);
    claims.claim(commit(1), wanted(0, 1));
    lake.givenUp(commit(1));
    dynamo.nextWrites(Fault.NONE, Fault.LATE);
    claims.claim(commit(2), wanted(0, 1));
    claims.release(commit(2), List.of(key(0)));
    dynamo.deliverLate();
    lake.stands(commit(2));

    assertThat(claims.claim(commit(3), wanted(0, 1))).containsExactly(new Held());
  }

  @Test
  void aReleaseThatArrivesLateDoesNotTouchTheNextClaim() {
    open(Batches.DENIED);
    claims.claim(commit(1), wanted(0, 1));
    dynamo.nextWrites(Fault.LATE);
    claims.release(commit(1), List.of(key(0)));
    claims.claim(commit(2), wanted(0, 1));
    dynamo.deliverLate();
    lake.stands(commit(2));

    assertThat(claims.claim(commit(3), wanted(0, 1)))
        .containsExactly(new Taken(0, "sqs:events message#0"));
  }

  @Test
  void aClaimThatArrivesWhenItsCommitIsGivenUpIsTakenOver() {
    open(Batches.DENIED);
    dynamo.nextWrites(TIMES_OUT);
    dynamo.beforeWrites(() -> clock.advance(Duration.ofSeconds(1)));
    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(TransientException.class);
    dynamo.endFaults();
    dynamo.deliverLate();

    assertThat(claims.claim(commit(2), wanted(0, 1))).containsExactly(new Busy(commit(1)));
    lake.givenUp(commit(1));
    assertThat(claims.claim(commit(3), wanted(0, 1))).containsExactly(new Held());
    assertThat(Tables.count(registry, "wadi.claims.takeovers", "from", "given-up")).isEqualTo(1);
  }

  @Test
  void throttlingSlowsItDown() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.THROTTLED, Fault.THROTTLED, Fault.UNAVAILABLE, Fault.LOST);

    assertThat(claims.claim(commit(1), wanted(0, 1))).containsExactly(new Held());
    assertThat(retries("throttled")).isEqualTo(2);
    assertThat(retries("failed")).isEqualTo(2);
  }

  @Test
  void throttlingThatLastsGivesTheCommitUp() {
    open(Batches.DENIED);
    dynamo.nextWrites(Collections.nCopies(40, Fault.THROTTLED).toArray(Fault[]::new));
    dynamo.beforeWrites(() -> clock.advance(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("claims");
    assertThat(retries("throttled")).as("tries in 30 s, one a second").isEqualTo(30);
  }

  @Test
  void partsOfABatchThatAreThrottledAreAskedForAlone() {
    open(Batches.HALF_THROTTLED);

    assertThat(claims.claim(commit(1), wanted(0, 10))).hasSize(10).containsOnly(new Held());
    assertThat(retries("throttled")).isEqualTo(5);
    assertThat(requests("put")).isEqualTo(5);
  }

  @Test
  void aReleaseThatIsNotCertainFails() {
    open(Batches.DENIED);
    claims.claim(commit(1), wanted(0, 1));
    dynamo.nextWrites(Collections.nCopies(40, Fault.LOST).toArray(Fault[]::new));
    dynamo.beforeWrites(() -> clock.advance(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> claims.release(commit(1), List.of(key(0))))
        .isInstanceOf(TransientException.class);
  }

  @Test
  void saysWhichPermissionsAreMissing() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.DENIED);

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("claims")
        .hasMessageContaining("dynamodb:DescribeTable")
        .hasMessageContaining("PutItem");
  }

  @Test
  void saysHowToMakeATableThatIsGone() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.NO_TABLE);

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("no DynamoDB table claims")
        .hasMessageContaining("wadi.deduplicate.create-table");
  }

  @Test
  void saysWhatKeyATableMustHave() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.WRONG_KEY);

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("partition key must be k (Binary)");
  }

  @Test
  void handsOnWhatOnlyAProgrammerCanMend() {
    open(Batches.DENIED);
    dynamo.nextWrites(Fault.MALFORMED);

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("SerializationException");
  }

  @Test
  void afterAFailureNothingMoreIsBegun() {
    open(Batches.DENIED);
    dynamo.nextWrites(Collections.nCopies(1000, Fault.DENIED).toArray(Fault[]::new));

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1000)))
        .isInstanceOf(SetupException.class);
    assertThat(requests("put")).isLessThanOrEqualTo(Tables.CONNECTIONS);
  }

  @Test
  void aStopEndsTheTries() {
    open(Batches.DENIED);
    dynamo.nextWrites(Collections.nCopies(1000, Fault.THROTTLED).toArray(Fault[]::new));
    dynamo.beforeWrites(table::close);

    assertThatThrownBy(() -> claims.claim(commit(1), wanted(0, 1)))
        .isInstanceOf(TransientException.class);
    assertThat(requests("put")).isEqualTo(1);
  }

  @Test
  void aLakeThatDoesNotAnswerFailsTheClaim() {
    dynamo = new FakeDynamo(Batches.DENIED);
    Fates away =
        new Fates() {
          @Override
          public Optional<Fate> of(String commit) {
            throw new TransientException("the lake is away", null);
          }

          @Override
          public Fate settle(String commit) {
            throw new TransientException("the lake is away", null);
          }
        };
    table = Tables.open(dynamo, "claims", "host/1/start", away, clock);
    claims = table.claims();
    claims.claim(commit(1), wanted(0, 1));

    assertThatThrownBy(() -> claims.claim(commit(2), wanted(0, 1)))
        .isInstanceOf(TransientException.class)
        .hasMessage("the lake is away");
  }

  @ParameterizedTest
  @EnumSource(
      value = Batches.class,
      names = {"DENIED", "INSERT_TWICE"})
  void asksOneByOneWhereBatchesAreNotToBeTrusted(Batches batches) {
    open(batches);
    int before = dynamo.requests().size();
    claims.claim(commit(1), wanted(0, 1000));

    assertThat(dynamo.requests()).hasSize(before + 1000).endsWith("put");
    assertThat(requests("put")).isEqualTo(1000);
  }

  @Test
  void aThousandNewEventsAreFortyRequests() {
    open(Batches.SUPPORTED);
    int before = dynamo.requests().size();
    claims.claim(commit(1), wanted(0, 1000));

    assertThat(dynamo.requests().subList(before, dynamo.requests().size()))
        .hasSize(40)
        .containsOnly("batch 25");
    assertThat(requests("batch-insert")).isEqualTo(40);
  }

  @Test
  void whatABatchDoesNotInsertIsAskedForAlone() {
    open(Batches.SUPPORTED);
    claims.claim(commit(1), wanted(0, 1000));
    lake.stands(commit(1));
    claims.claim(commit(2), wanted(0, 1000));

    assertThat(requests("batch-insert")).isEqualTo(40 + 40);
    assertThat(requests("put")).isEqualTo(1000);
  }

  private void open(Batches batches) {
    dynamo = new FakeDynamo(batches);
    table =
        ClaimTable.open(
            dynamo,
            Tables.settings("claims"),
            "host/1/start",
            lake,
            Tables.requests("claims", clock, registry));
    claims = table.claims();
  }

  private double retries(String reason) {
    return Tables.count(registry, "wadi.claims.retries", "reason", reason);
  }

  private double requests(String operation) {
    return Tables.count(registry, "wadi.claims.requests", "operation", operation);
  }
}
