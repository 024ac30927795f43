package dev.wadi.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EpochsTest {

  private final MemoryStore store = new MemoryStore();
  private final Epochs one = epochs("one/1/now");
  private final Epochs two = epochs("two/2/now");

  @Test
  void letsTheNewestOfTwoThatWriteAloneGoOnAndNoOther() {
    one.enterAlone();
    assertThatCode(one::requireCurrent).doesNotThrowAnyException();

    two.enterAlone();

    assertThatCode(two::requireCurrent).doesNotThrowAnyException();
    assertThatThrownBy(one::requireCurrent)
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("two/2/now");
  }

  @Test
  void letsAnyNumberOfWritersShareATable() {
    assertThat(one.enterShared("claims")).as("the table is to be filled").isTrue();
    assertThat(two.enterShared("claims")).as("it is not ready yet").isTrue();
    one.ready("claims");
    two.ready("claims");
    Epochs three = epochs("three/3/now");
    assertThat(three.enterShared("claims")).isFalse();

    for (Epochs writer : new Epochs[] {one, two, three}) {
      assertThatCode(writer::requireCurrent).doesNotThrowAnyException();
    }
  }

  @Test
  void keepsAWriterOutThatWouldFillATableWhileOthersFillIt() {
    one.enterShared("claims");
    two.enterShared("claims");
    one.ready("claims");

    assertThatThrownBy(two::requireCurrent)
        .as("what it filled may lack what has landed since")
        .isInstanceOf(FencedException.class);
    two.ready("claims");
    assertThatCode(two::requireCurrent).doesNotThrowAnyException();
  }

  @Test
  void keepsAWriterOutThatFilledATableWhileTheLakeWasTakenBack() {
    one.enterShared("claims");
    two.takeOver();

    assertThatThrownBy(() -> one.ready("claims")).isInstanceOf(FencedException.class);
    assertThatThrownBy(one::requireCurrent).isInstanceOf(FencedException.class);
    assertThatCode(two::requireCurrent).doesNotThrowAnyException();
  }

  @Test
  void keepsAWriterOutThatFilledATableBeforeTheLakeWasTakenBackAndSharedAnew() {
    one.enterShared("claims");
    two.takeOver();
    Epochs three = epochs("three/3/now");
    three.enterShared("claims");

    assertThatThrownBy(() -> one.ready("claims"))
        .as("the table lacks what the second has landed alone")
        .isInstanceOf(FencedException.class);
    assertThat(epochs("four/4/now").enterShared("claims")).as("it is still to be filled").isTrue();
  }

  @Test
  void namesTheEpochInWhichTheTableOfASharingIsFilled() {
    one.enterAlone();
    two.enterShared("claims");
    assertThat(two.sharing()).isEqualTo(2);
    two.ready("claims");
    Epochs three = epochs("three/3/now");
    three.enterShared("claims");

    assertThat(two.sharing()).isEqualTo(2);
    assertThat(three.sharing()).isEqualTo(2);
  }

  @Test
  void endsTheEpochOfAWriterThatWasAloneWhenOthersShare() {
    one.enterAlone();
    two.enterShared("claims");
    assertThatThrownBy(one::requireCurrent).isInstanceOf(FencedException.class);
  }

  @Test
  void refusesOneThatWouldWriteAloneOrByAnotherTableWhileOthersShare() {
    one.enterShared("claims");
    one.ready("claims");

    assertThatThrownBy(two::enterAlone)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("claims")
        .hasMessageContaining("wadi.deduplicate.repository");
    assertThatThrownBy(() -> two.enterShared("other"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("share the table claims, not other")
        .hasMessageContaining("wadi ledger rebuild --alone");
    assertThatCode(one::requireCurrent).doesNotThrowAnyException();
  }

  @Test
  void takesTheLakeBackForOneWriter() {
    one.enterShared("claims");
    one.ready("claims");

    two.takeOver();

    assertThatThrownBy(one::requireCurrent).isInstanceOf(FencedException.class);
    assertThatCode(() -> epochs("three/3/now").enterAlone()).doesNotThrowAnyException();
  }

  @Test
  void ownsAnEpochWhosePutWasAnsweredByNobody() {
    store.losesAnswerOf = call -> call.startsWith("put _wadi/epochs/00000001");
    assertThatThrownBy(one::enterAlone).hasMessageContaining("put _wadi/epochs");
    store.losesAnswerOf = call -> false;

    one.enterAlone();

    assertThatCode(one::requireCurrent).doesNotThrowAnyException();
    assertThat(store.objects.keySet()).contains("_wadi/epochs/00000002.json");
  }

  private Epochs epochs(String writer) {
    return new Epochs(store, writer, Clock.fixed(Batches.NOW, ZoneOffset.UTC));
  }
}
