package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GatheringTest {

  private final SettableClock clock = new SettableClock();

  @Test
  void refusesABatchWithARecordThatHasNoOutcomeAndNamesIt() {
    Batch batch = Batches.unclaimed("sqs:events", "a", "b");
    SourceRecord known = batch.records().get(0);
    batch.account().put(known, new Outcome.Filtered("test"));

    assertThatThrownBy(() -> gathering(10, Duration.ofHours(1)).add(batch))
        .isInstanceOf(UnaccountedException.class)
        .hasMessageContaining("1 of the 2 records")
        .hasMessageContaining(batch.records().get(1).position())
        .hasMessageNotContaining(known.position() + ",");
  }

  @Test
  void refusesABatchThatIsStagedTwice() {
    Gathering gathering = gathering(10, Duration.ofHours(1));
    Batch batch = accounted("a");
    gathering.add(batch);
    assertThatThrownBy(() -> gathering.add(batch)).hasMessageContaining("staged twice");
  }

  @Test
  void isDueWhenTheOldestRecordHasWaitedLongEnough() throws Exception {
    Gathering gathering = gathering(1_000, Duration.ofSeconds(15));
    Batch oldest = accounted("a");
    gathering.add(oldest);
    CompletableFuture<List<Batch>> due = awaitDue(gathering);
    assertThat(due).isNotDone();

    clock.now = Batches.NOW.plusSeconds(2);
    // it lets whoever waits look at the clock again, and may come after that or not
    gathering.add(accounted("b"));

    assertThat(due.get(10, TimeUnit.SECONDS)).as("the first commit comes early").contains(oldest);
  }

  @Test
  void isDueAtOnceForABatchThatTravelsAlone() throws Exception {
    Gathering gathering = gathering(1_000, Duration.ofHours(1));
    Batch alone = accounted("a");
    alone.travelAlone();
    gathering.add(alone);

    assertThat(awaitDue(gathering).get(10, TimeUnit.SECONDS)).containsExactly(alone);
  }

  @Test
  void waitsTheWholeTimeForEveryCommitButTheFirst() throws Exception {
    Gathering gathering = gathering(1_000, Duration.ofSeconds(15));
    gathering.add(accounted("a"));
    clock.now = Batches.NOW.plusSeconds(2);
    gathering.take(gathering.awaitDue());

    Batch second = accounted("b");
    Batch third = accounted("c");
    gathering.add(second);
    CompletableFuture<List<Batch>> due = awaitDue(gathering);
    clock.now = Batches.NOW.plusSeconds(14);
    gathering.add(third);
    assertThat(due).isNotDone();
    clock.now = Batches.NOW.plusSeconds(15);
    gathering.add(accounted("d"));
    assertThat(due.get(10, TimeUnit.SECONDS)).contains(second, third);
  }

  @Test
  void isDueAtOnceWithEnoughEvents() throws Exception {
    Gathering gathering = gathering(2, Duration.ofHours(1));
    Batch batch = Batches.unclaimed("sqs:events", "a", "b");
    for (SourceRecord record : batch.records()) {
      batch
          .account()
          .put(record, new Outcome.Candidate("events", Batches.event(record, "a"), Map.of()));
    }
    gathering.add(batch);
    assertThat(gathering.awaitDue()).containsExactly(batch);
  }

  @Test
  void isDueAtOnceWhenTheProcessDrains() throws Exception {
    Gathering gathering = gathering(1_000, Duration.ofHours(1));
    gathering.add(accounted("a"));
    CompletableFuture<List<Batch>> due = awaitDue(gathering);
    gathering.flush();
    assertThat(due.get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void failsThoseThatWaitWhenItCloses() {
    Gathering gathering = gathering(1_000, Duration.ofHours(1));
    CompletableFuture<Void> landed = gathering.add(accounted("a"));
    gathering.close();
    assertThat(landed).isCompletedExceptionally();
    assertThatThrownBy(() -> gathering.add(accounted("b"))).hasMessageContaining("stopped");
  }

  private Gathering gathering(int maxEvents, Duration maxAge) {
    return new Gathering(
        new Gathering.Due(maxEvents, 1L << 40, maxAge, Duration.ofSeconds(2)), clock);
  }

  private static CompletableFuture<List<Batch>> awaitDue(Gathering gathering) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return gathering.awaitDue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Batch accounted(String... events) {
    Batch batch = Batches.unclaimed("sqs:events", events);
    batch.records().forEach(record -> batch.account().put(record, new Outcome.Filtered("test")));
    return batch;
  }

  private static final class SettableClock extends Clock {
    volatile Instant now = Batches.NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
