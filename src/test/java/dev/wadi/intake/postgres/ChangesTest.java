package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

@Tag("unit")
class ChangesTest {

  private final Changes changes = new Changes(10, 100, 1_000);

  @Test
  void settlesOnlyWhatIsBeforeTheFirstChangeThatHasNotLanded() throws Exception {
    changes.offer(change("a"), at(1));
    changes.offer(change("b"), at(2));
    changes.offer(change("c"), at(3));
    ChangeDelivery a = changes.next();
    ChangeDelivery b = changes.next();
    changes.next();
    changes.done(List.of(b));
    changes.done(List.of(a));
    assertThat(changes.awaitSettled().position()).isEqualTo(at(2));
    changes.end();
    assertThat(changes.awaitSettled()).as("c has not landed").isNull();
  }

  @Test
  void letsAMarkPassNoChangeThatHasNotLanded() throws Exception {
    changes.offer(change("a"), at(1));
    changes.mark(at(9));
    ChangeDelivery a = changes.next();
    changes.done(List.of(a));
    assertThat(changes.awaitSettled().position()).isEqualTo(at(9));
  }

  @Test
  void endsTheSnapshotWhenAllOfItsRowsHaveLanded() throws Exception {
    changes.offer(change("a"), null);
    changes.endSnapshot();
    changes.done(List.of(changes.next()));
    assertThat(changes.awaitSettled()).isEqualTo(new Changes.Settled(null, true));
  }

  @Test
  void handsOnWhatIsGivenBackBeforeWhatWaits() throws Exception {
    changes.offer(change("a"), at(1));
    changes.offer(change("b"), at(2));
    changes.offer(change("c"), at(3));
    changes.again(List.of(changes.next(), changes.next()));
    assertThat(changes.next().id()).isEqualTo("a");
    assertThat(changes.next().id()).isEqualTo("b");
    assertThat(changes.next().id()).isEqualTo("c");
  }

  @Test
  void handsNothingOnTwiceThatIsOnItsWayWhenTheEngineBeginsAnew() throws Exception {
    changes.offer(change("a"), at(1));
    ChangeDelivery a = changes.next();
    changes.begin();
    changes.offer(change("a"), at(1));
    changes.offer(change("b"), at(2));
    assertThat(changes.next().id()).isEqualTo("b");
    changes.done(List.of(a));
    assertThat(changes.awaitSettled().position()).as("of the new engine").isEqualTo(at(1));
  }

  @Test
  void forgetsWhatOnlyAnEngineBeforeHasHandedOver() throws Exception {
    changes.offer(change("a"), at(1));
    ChangeDelivery a = changes.next();
    changes.begin();
    changes.again(List.of(a));
    changes.offer(change("b"), at(2));
    assertThat(changes.next().id()).isEqualTo("b");
  }

  @Test
  void hasTheEngineWaitForBytes() throws Exception {
    Changes few = new Changes(10, 2, 1_000);
    few.offer(change("a"), at(1));
    few.offer(change("b"), at(2));
    Thread offering = offering(few, "c");
    few.next();
    offering.join();
    few.again(List.of(few.next()));
    assertThat(few.next().id()).isEqualTo("b");
    assertThat(few.next().id()).isEqualTo("c");
  }

  @Test
  void hasTheEngineWaitForAChangeThatDoesNotLandWhileOthersDo() throws Exception {
    Changes few = new Changes(10, 100, 2);
    few.offer(change("a"), at(1));
    few.offer(change("b"), at(2));
    ChangeDelivery a = few.next();
    few.done(List.of(few.next()));
    Thread offering = offering(few, "c");
    few.done(List.of(a));
    assertThat(few.awaitSettled().position()).isEqualTo(at(2));
    offering.join();
    assertThat(few.next().id()).isEqualTo("c");
  }

  @Test
  void keepsOnlyTheLastMarkBehindAChangeThatDoesNotLand() throws Exception {
    Changes few = new Changes(10, 100, 3);
    few.offer(change("a"), at(1));
    for (int position = 2; position < 10; position++) {
      few.mark(at(position));
    }
    few.offer(change("b"), at(10));
    few.done(List.of(few.next()));
    assertThat(few.awaitSettled().position()).isEqualTo(at(9));
  }

  /** A thread that offers a change, and waits. */
  private static Thread offering(Changes changes, String id) {
    Thread offering =
        new Thread(
            () -> {
              try {
                changes.offer(change(id), at(3));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    offering.start();
    await().until(() -> offering.getState() == Thread.State.WAITING);
    return offering;
  }

  private static LogSequenceNumber at(long lsn) {
    return LogSequenceNumber.valueOf(lsn);
  }

  private static ChangeDelivery change(String id) {
    return new ChangeDelivery(
        new SourceRecord("postgres:wadi", id, id, new byte[] {1}, Instant.EPOCH, 1), Instant.EPOCH);
  }
}
