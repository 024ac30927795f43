package dev.wadi.intake.kinesis;

import static dev.wadi.intake.kinesis.ShardFixture.SHARD;
import static dev.wadi.intake.kinesis.ShardFixture.SOURCE;
import static dev.wadi.intake.kinesis.ShardFixture.positions;
import static dev.wadi.intake.kinesis.ShardFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.Lines;
import dev.wadi.event.SetupException;
import dev.wadi.event.SourceRecord;
import dev.wadi.event.TransientException;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.ops.Metrics.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

@Tag("unit")
class ShardProcessorTest {

  private static final int MANY = 100;

  /** Longer than any test: what a batch holds then depends on its number of events alone. */
  private static final Duration LONG = Duration.ofHours(1);

  /** For batches that are handed over though they are not full. */
  private static final Duration SHORT = Duration.ofMillis(20);

  private ShardFixture shard = new ShardFixture(2, LONG, MANY, MANY);

  @AfterEach
  void close() {
    shard.close();
  }

  private void open(int maxEvents, Duration maxWait, int shardPermits, int permits) {
    shard.close();
    shard = new ShardFixture(maxEvents, maxWait, shardPermits, permits);
  }

  @Test
  void handsOverBatchesThatKnowTheirPlaceInTheShard() throws Exception {
    shard.begin().deliver(1, 4);

    Batch first = shard.route.next().batch();
    Batch second = shard.route.next().batch();
    assertThat(first.source()).isEqualTo(SOURCE);
    assertThat(first.part()).contains(new Lines.Part(SHARD, null, "2"));
    assertThat(first.before()).isEmpty();
    assertThat(first.deliveries()).isEmpty();
    assertThat(first.records())
        .extracting(SourceRecord::position)
        .containsExactly("shardId-0@1", "shardId-0@2");
    assertThat(second.part()).contains(new Lines.Part(SHARD, "2", "4"));
    assertThat(second.before()).containsSame(first);
    assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
  }

  @Test
  void handsOverWhatHasGatheredWhenItHasWaitedLongEnough() throws Exception {
    open(1000, SHORT, MANY, MANY);
    shard.begin().deliver(1, 1);

    assertThat(shard.route.next().bodies()).hasSize(1);
  }

  @Test
  void movesTheCheckpointOnlyBehindWhatHasLanded() throws Exception {
    shard.begin().deliver(1, 4);
    Parked first = shard.route.next();
    Parked second = shard.route.next();

    assertThat(shard.checkpoints.written).isEmpty();
    first.commit();
    awaitCheckpoints("2.0");
    second.commit();
    awaitCheckpoints("2.0", "4.0");
  }

  @Test
  void neverMovesTheCheckpointPastABatchThatHasNotLanded() throws Exception {
    shard.begin().deliver(1, 6);
    Parked first = shard.route.next();
    shard.route.next().commit();
    shard.route.next().commit();
    assertThat(shard.checkpoints.written).isEmpty();

    first.commit();
    awaitCheckpoints("6.0");
  }

  @Test
  void triesAThrottledCheckpointAgain() throws Exception {
    shard.checkpoints.failures.add(new ThrottlingException("slow down"));
    shard.checkpoints.failures.add(new KinesisClientLibDependencyException("down"));
    shard.begin().deliver(1, 2);
    shard.route.next().commit();

    awaitCheckpoints("2.0");
  }

  @Test
  void leavesTheCheckpointOfALostLease() throws Exception {
    shard.checkpoints.failures.add(new ShutdownException("lost"));
    shard.begin().deliver(1, 4);
    Parked first = shard.route.next();
    Parked second = shard.route.next();
    first.commit();
    await().until(shard.checkpoints.failures::isEmpty);

    second.commit();
    await().until(() -> shard.metrics.inFlight() == 0);
    assertThat(shard.checkpoints.written).isEmpty();
  }

  @Test
  void blocksTheLibraryWhileNoPermitIsFree() throws Exception {
    open(2, LONG, 2, MANY);
    shard.begin();
    Future<?> delivering = shard.deliverBehind(1, 100);
    Parked first = shard.route.next();
    Parked second = shard.route.next();

    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
    assertThat(delivering.isDone()).isFalse();
    first.commit();
    Parked third = shard.route.next();
    assertThat(third.bodies()).containsExactly("{\"n\":5}", "{\"n\":6}");
    second.commit();
    third.commit();
    for (int batch = 4; batch <= 50; batch++) {
      commitNext();
    }
    delivering.get(10, TimeUnit.SECONDS);
  }

  @Test
  void sharesThePermitsOfTheSourceWithOtherShards() throws Exception {
    open(2, LONG, MANY, 1);
    shard.begin();
    shard.deliverBehind(1, 10);
    Parked first = shard.route.next();

    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
    first.commit();
    assertThat(shard.route.next().bodies()).hasSize(2);
  }

  @Test
  void handsOverAgainInOrderWhatHasFailedAndAllBehindIt() throws Exception {
    shard.begin().deliver(1, 6);
    Parked first = shard.route.next();
    Parked second = shard.route.next();
    Parked third = shard.route.next();
    second.fail("no");
    assertThat(first.batch().isGivenUp()).isFalse();
    assertThat(third.batch().isGivenUp()).isTrue();
    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
    assertThat(shard.claims.released).isEmpty();

    third.fail("given up");
    Parked again = shard.route.next();
    assertThat(shard.claims.released).containsExactly(second.batch(), third.batch());
    assertThat(again.batch().part()).contains(new Lines.Part(SHARD, "2", "4"));
    assertThat(again.batch().before()).containsSame(first.batch());
    assertThat(again.batch().records()).extracting(SourceRecord::attempts).containsOnly(2);
    assertThat(positions(shard.route.next())).containsExactly("shardId-0@5", "shardId-0@6");
  }

  @Test
  void doesNotHandOverAgainWhatLandedThoughAnEarlierBatchOfItsShardIsTriedAgain() throws Exception {
    shard.begin().deliver(1, 4);
    Parked first = shard.route.next();
    Parked second = shard.route.next();
    first.commit();
    second.fail("no");

    assertThat(positions(shard.route.next())).containsExactly("shardId-0@3", "shardId-0@4");
  }

  @Test
  void takesABatchForLandedThoughItsExchangeFailed() throws Exception {
    shard.begin().deliver(1, 2);
    Parked parked = shard.route.next();
    parked.batch().forEach(r -> parked.batch().account().put(r, filtered()));
    parked.batch().account().close();
    parked.fail("behind the commit");

    awaitCheckpoints("2.0");
    assertThat(shard.route.isEmpty()).isTrue();
  }

  @Test
  void triesAgainWhatARouteDropsSilently() throws Exception {
    shard.begin().deliver(1, 2);
    shard.route.next().end();

    assertThat(shard.route.next().bodies()).hasSize(2);
    assertThat(shard.checkpoints.written).isEmpty();
  }

  @Test
  void triesAgainWhatEndsInAnError() throws Exception {
    shard.route.error = new StackOverflowError("deep");
    shard.begin().deliver(1, 2);
    await().dontCatchUncaughtExceptions().until(() -> shard.total(Term.RETURNED) > 0);
    shard.route.error = null;

    assertThat(shard.route.next().bodies().get(0)).isEqualTo("{\"n\":1}");
  }

  @Test
  void neverGivesUpWhatFailsThroughAnOutage() throws Exception {
    open(4, LONG, MANY, MANY);
    shard.begin().deliver(1, 4);
    for (int i = 0; i < 8; i++) {
      Parked parked = shard.route.next();
      assertThat(parked.batch().size()).isEqualTo(4);
      assertThat(parked.batch().isIsolated()).isFalse();
      assertThat(parked.batch().records()).extracting(SourceRecord::attempts).containsOnly(1);
      parked.ended().accept(new IllegalStateException(new TransientException("down", null)));
    }
    commitNext();
    awaitCheckpoints("4.0");
  }

  @Test
  void goesOnThoughItIsNotToldHowFarAShardThatGoesOnFailingIsAccountedFor() throws Exception {
    open(4, LONG, MANY, MANY);
    shard.begin().deliver(1, 4);
    shard.lines.failToBegin(
        new SetupException("a marker is damaged"),
        new TransientException("the table is down", null));
    for (int failed = 0; shard.lines.failuresLeft() > 0; failed++) {
      assertThat(failed).as("failures until it asks").isLessThan(100);
      shard.route.next().fail("poison");
    }
    int landed = 0;
    while (landed < 4) {
      Parked parked = shard.route.next();
      landed += parked.batch().size();
      parked.commit();
    }
  }

  @Test
  void findsTheRecordThatFailsItsBatchAndLetsItsNeighboursLand() throws Exception {
    open(8, LONG, MANY, MANY);
    shard.begin().deliver(1, 16);
    List<String> landed = new ArrayList<>();
    List<String> isolated = new ArrayList<>();
    while (landed.size() + isolated.size() < 16) {
      Parked parked = shard.route.next();
      if (parked.batch().isIsolated()) {
        isolated.addAll(parked.bodies());
        parked.commit();
      } else if (parked.bodies().contains("{\"n\":6}")) {
        parked.fail("poison");
      } else if (parked.batch().isGivenUp()) {
        parked.fail("given up");
      } else if (parked.batch().before().isEmpty()) {
        landed.addAll(parked.bodies());
        parked.commit();
      } else {
        parked.fail("given up");
      }
    }

    assertThat(isolated).containsExactly("{\"n\":6}");
    assertThat(landed).hasSize(15).doesNotContain("{\"n\":6}").doesNotHaveDuplicates();
    await().until(() -> shard.checkpoints.written.contains("16.0"));
  }

  @Test
  void blamesNoRecordWhileNothingLands() throws Exception {
    shard.begin().deliver(1, 2);
    for (int i = 0; i < 3 * Suspicion.TOLERATED; i++) {
      Parked parked = shard.route.next();
      assertThat(parked.batch().isIsolated()).isFalse();
      parked.fail("the route is broken");
    }
    assertThat(shard.checkpoints.written).isEmpty();
  }

  @Test
  void blamesOnlyAFewRecordsInARowWhileNothingElseLands() throws Exception {
    open(1, LONG, MANY, MANY);
    shard.begin().deliver(1, 10);
    shard.route.next().commit();
    int isolated = 0;
    for (int i = 0; i < 100 && isolated < Trust.IN_A_ROW; i++) {
      Parked parked = shard.route.next();
      if (parked.batch().isIsolated()) {
        isolated++;
        parked.commit();
      } else {
        parked.fail("the route is broken");
      }
    }
    assertThat(isolated).isEqualTo(Trust.IN_A_ROW);

    for (int i = 0; i < 3 * Suspicion.TOLERATED; i++) {
      Parked parked = shard.route.next();
      assertThat(parked.batch().isIsolated()).isFalse();
      parked.fail("the route is broken");
    }
  }

  @Test
  void dropsWhatACommitAccountsForAndBringsTheCheckpointUp() throws Exception {
    shard.lines.accountFor(SOURCE, SHARD, "3");
    shard.begin(new ExtendedSequenceNumber("1")).deliver(2, 5);

    awaitCheckpoints("3.0");
    Parked next = shard.route.next();
    assertThat(positions(next)).containsExactly("shardId-0@4", "shardId-0@5");
    assertThat(next.batch().part()).contains(new Lines.Part(SHARD, "3", "5"));
    assertThat(shard.total(Term.REDELIVERED)).isEqualTo(2);
    assertThat(shard.total(Term.RECEIVED)).isEqualTo(2);
  }

  @Test
  void takesNothingTwiceThatTheLibraryBringsTwice() throws Exception {
    shard.begin().deliver(1, 2);
    shard.deliver(1, 4);

    assertThat(positions(shard.route.next())).containsExactly("shardId-0@1", "shardId-0@2");
    assertThat(positions(shard.route.next())).containsExactly("shardId-0@3", "shardId-0@4");
    assertThat(shard.total(Term.REDELIVERED)).isZero();
  }

  @Test
  void endsABatchWithinAnAggregateAndGoesOnThereAfterARestart() throws Exception {
    shard.begin().deliver(List.of(record(7, Aggregates.of("{\"a\":0}", "{\"a\":1}", "{\"a\":2}"))));
    Parked first = shard.route.next();
    assertThat(positions(first)).containsExactly("shardId-0@7.0", "shardId-0@7.1");
    assertThat(first.batch().part()).contains(new Lines.Part(SHARD, null, "7.1"));
    first.commit();
    awaitCheckpoints("7.1");

    open(2, SHORT, MANY, MANY);
    shard.lines.accountFor(SOURCE, SHARD, "7.1");
    shard
        .begin(new ExtendedSequenceNumber("7", 0L))
        .deliver(List.of(record(7, Aggregates.of("{\"a\":0}", "{\"a\":1}", "{\"a\":2}"))));
    Parked second = shard.route.next();
    assertThat(second.bodies()).containsExactly("{\"a\":2}");
    assertThat(second.batch().part()).contains(new Lines.Part(SHARD, "7.1", "7.2"));
  }

  @Test
  void opensAnArrayAndKeepsItTogether() throws Exception {
    shard.begin().deliver(List.of(record(1, "[{\"a\":0},{\"a\":1},{\"a\":2}]")));

    assertThat(positions(shard.route.next()))
        .containsExactly("shardId-0@1#0", "shardId-0@1#1", "shardId-0@1#2");
  }

  @Test
  void asksUntilItIsToldHowFarTheShardIsAccountedFor() throws Exception {
    shard.lines.accountFor(SOURCE, SHARD, "3");
    shard.lines.failToBegin(
        new TransientException("the table is down", null),
        new SetupException("a marker is damaged"));
    shard.begin().deliver(1, 5);

    assertThat(positions(shard.route.next())).containsExactly("shardId-0@4", "shardId-0@5");
    assertThat(shard.status.lastError()).isEmpty();
  }

  @Test
  void beginsAgainBehindWhatLandedWhereTheFirstCheckpointWasNeverWritten() throws Exception {
    shard.lines.accountFor(SOURCE, SHARD, "3");
    shard.begin(ExtendedSequenceNumber.LATEST).deliver(9, 10);

    assertThat(shard.lease.restarted).containsExactly("shardId-0@3");
    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
  }

  @Test
  void handsOverNothingMoreOnceItsLeaseIsLost() throws Exception {
    open(2, LONG, 1, MANY);
    shard.begin();
    Future<?> delivering = shard.deliverBehind(1, 100);
    Parked first = shard.route.next();
    shard.lease.state = Lease.State.LOST;

    delivering.get(10, TimeUnit.SECONDS);
    shard.loseLease();
    assertThat(first.batch().isGivenUp()).isTrue();
    first.fail("another process has read on");
    await().until(() -> shard.claims.released.contains(first.batch()));
    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
    assertThat(shard.metrics.inFlight()).isZero();
    assertThat(shard.shards.count()).isZero();
  }

  @Test
  void countsWhatLandsAfterItsLeaseWasLost() throws Exception {
    shard.begin().deliver(1, 2);
    Parked first = shard.route.next();
    shard.loseLease();
    first.commit();

    assertThat(shard.metrics.inFlight()).isZero();
    assertThat(shard.checkpoints.written).isEmpty();
  }

  @Test
  void endsAShardOnlyWhenAllOfItHasLanded() throws Exception {
    open(1000, LONG, MANY, MANY);
    shard.begin().deliver(1, 3);
    Future<?> ending = shard.endShard();
    Parked first = shard.route.next();
    first.fail("no");
    Parked again = shard.route.next();
    assertThat(shard.checkpoints.written).isEmpty();
    assertThat(ending.isDone()).isFalse();
    shard.checkpoints.failures.add(new ThrottlingException("slow down"));
    again.commit();

    ending.get(10, TimeUnit.SECONDS);
    assertThat(shard.checkpoints.written).containsOnly("end");
    assertThat(shard.shards.count()).isZero();
  }

  @Test
  void doesNotEndAShardOfWhichSomethingWasDropped() throws Exception {
    open(2, LONG, 1, MANY);
    shard.begin();
    Future<?> delivering = shard.deliverBehind(1, 10);
    Parked first = shard.route.next();
    shard.shards.drain();
    delivering.get(10, TimeUnit.SECONDS);
    first.commit();
    awaitCheckpoints("2.0");

    shard.endShard().get(10, TimeUnit.SECONDS);
    assertThat(shard.checkpoints.written).containsExactly("2.0");
  }

  @Test
  void letsWhatIsOnItsWayLandBeforeAnotherProcessGetsTheShard() throws Exception {
    shard.begin().deliver(1, 2);
    Parked first = shard.route.next();
    Future<?> shutdown = shard.requestShutdown();
    await().during(Duration.ofMillis(50)).until(() -> !shutdown.isDone());
    first.commit();

    shutdown.get(10, TimeUnit.SECONDS);
    assertThat(shard.checkpoints.written).containsExactly("2.0");
  }

  @Test
  void handsAShardOnInTheEndThoughABatchIsOnItsWay() throws Exception {
    shard.begin().deliver(1, 2);
    Parked first = shard.route.next();

    shard.requestShutdown().get(10, TimeUnit.SECONDS);
    assertThat(first.batch().isGivenUp()).isTrue();
    assertThat(shard.checkpoints.written).isEmpty();
  }

  @Test
  void stopsWaitingForAPermitWhenAnotherProcessIsToGetTheShard() throws Exception {
    open(2, LONG, 1, MANY);
    shard.begin();
    Future<?> delivering = shard.deliverBehind(1, 100);
    Parked first = shard.route.next();
    shard.lease.state = Lease.State.WANTED;

    delivering.get(10, TimeUnit.SECONDS);
    assertThat(first.batch().isGivenUp()).isFalse();
  }

  @Test
  void handsNothingOverWhilePausedAndGoesOnAfterwards() throws Exception {
    shard.begin();
    shard.shards.pause();
    shard.deliverBehind(1, 6);
    await().during(Duration.ofMillis(100)).until(() -> shard.route.isEmpty());
    assertThat(shard.metrics.inFlight()).isZero();

    shard.shards.resume();
    assertThat(positions(shard.route.next())).containsExactly("shardId-0@1", "shardId-0@2");
  }

  @Test
  void readsOnBehindWhatStandsWhenItsBatchesFailAgainAndAgain() throws Exception {
    shard.begin().deliver(1, 4);
    for (int i = 0; i < Suspicion.TOLERATED; i++) {
      Parked first = shard.route.next();
      Parked second = shard.route.next();
      first.fail("no");
      second.fail("no");
    }
    shard.lines.accountFor(SOURCE, SHARD, "2");
    shard.route.next().fail("another commit stands for it");

    assertThat(positions(shard.route.next()).get(0)).isEqualTo("shardId-0@3");
  }

  @Test
  void keepsTheLawOfConservationThroughFailures() throws Exception {
    shard.begin().deliver(1, 4);
    assertThat(shard.route.next().batch()).isNotNull();
    Parked second = shard.route.next();
    assertThat(shard.total(Term.RECEIVED)).isEqualTo(4);
    assertThat(shard.metrics.inFlight()).isEqualTo(4);

    shard.shards.pause();
    second.fail("no");
    assertThat(shard.total(Term.RETURNED)).isEqualTo(2);
    assertThat(shard.metrics.inFlight()).isEqualTo(2);
    shard.shards.resume();
    Parked again = shard.route.next();
    assertThat(shard.total(Term.RECEIVED)).isEqualTo(6);
    again.commit();
    assertThat(shard.metrics.inFlight()).isEqualTo(2);
  }

  @Test
  void tellsHowFarItIsBehind() {
    shard.begin().deliver(1, 1);

    assertThat(gauge("wadi.source.behind.seconds")).isEqualTo(1.5);
    assertThat(gauge("wadi.source.shards")).isEqualTo(1);
    assertThat(gauge("wadi.source.lag.seconds")).isGreaterThan(1000);
    assertThat(shard.status.lastSuccess()).isPresent();
  }

  private double gauge(String name) {
    return shard.metrics.registry().get(name).tag("source", SOURCE).gauge().value();
  }

  private void commitNext() throws InterruptedException {
    shard.route.next().commit();
  }

  private void awaitCheckpoints(String... positions) {
    await().untilAsserted(() -> assertThat(shard.checkpoints.written).containsExactly(positions));
  }

  private static dev.wadi.event.Outcome filtered() {
    return new dev.wadi.event.Outcome.Filtered("test");
  }
}
