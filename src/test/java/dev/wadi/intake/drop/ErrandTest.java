package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.intake.drop.Errand.Step;
import dev.wadi.intake.sqs.HeldQueue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ErrandTest {

  private final NoticeMessage message = message("m", 1);
  private final Errand errand = Errand.read(object("a"), message, 0);
  private final DropDelivery seal = new DropDelivery("a", errand, List.of(), false, null);

  @Test
  void sealsOnlyWhenAllOthersAreAccountedFor() {
    errand.setsOut();
    errand.setsOut();
    assertThat(errand.accounted()).isEqualTo(Step.NONE);
    assertThat(errand.readOut(seal)).isEqualTo(Step.NONE);
    assertThat(errand.accounted()).isEqualTo(Step.SEAL);
    assertThat(errand.accounted()).isEqualTo(Step.FINISH);
  }

  @Test
  void isReleasedOnlyWhenNothingOfItIsUnderway() {
    errand.setsOut();
    errand.setsOut();
    assertThat(errand.returned()).isEqualTo(Step.NONE);
    assertThat(errand.abandon()).isEqualTo(Step.NONE);
    assertThat(errand.accounted()).isEqualTo(Step.RELEASE);
  }

  @Test
  void isReleasedWhenItsSealComesBack() {
    assertThat(errand.readOut(seal)).isEqualTo(Step.SEAL);
    assertThat(errand.returned()).isEqualTo(Step.RELEASE);
  }

  @Test
  void isOverWhereThereIsNothingToAccountFor() {
    assertThat(errand.readOut(null)).isEqualTo(Step.FINISH);
    assertThat(errand.abandon()).isEqualTo(Step.NONE);
  }

  @Test
  void isBegunOnceHoweverManyAskForIt() {
    Errands errands = new Errands();
    NoticeMessage other = message("n", 1);
    assertThat(errands.ask(errand)).isSameAs(errand);
    assertThat(errands.ask(Errand.read(object("a"), other, 0))).isNull();
    assertThat(errands.close(errand)).containsExactly(message, other);
    Errand later = Errand.read(object("a"), other, 0);
    assertThat(errands.ask(later)).isSameAs(later);
  }

  @Test
  void endsAMessageWithTheLastThatItAsksFor() {
    NoticeMessage two = message("m", 2);
    assertThat(two.ended(false)).isFalse();
    assertThat(two.ended(true)).isTrue();
    assertThat(two.isAccounted()).isFalse();
  }

  private static ObjectVersion object(String key) {
    return ObjectVersion.of("raw", key, null, "e", "1", 1, null);
  }

  private static NoticeMessage message(String id, int errands) {
    return new NoticeMessage(new HeldQueue.Received(id, "{}", Instant.EPOCH, 1, null), errands);
  }
}
