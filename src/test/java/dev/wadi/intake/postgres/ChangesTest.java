package dev.wadi.intake.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.SourceRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

@Tag("unit")
class ChangesTest {

  private final Changes changes = new Changes(10);

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

  private static LogSequenceNumber at(long lsn) {
    return LogSequenceNumber.valueOf(lsn);
  }

  private static ChangeDelivery change(String id) {
    return new ChangeDelivery(
        new SourceRecord("postgres:wadi", id, id, new byte[] {1}, Instant.EPOCH, 1), Instant.EPOCH);
  }
}
