package dev.wadi.deduplicate.dynamodb;

import static dev.wadi.deduplicate.dynamodb.Tables.commit;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A table of the same name that isn't the one that was filled. */
@Tag("unit")
class LostTableTest {

  private final FakeDynamo dynamo = new FakeDynamo(FakeDynamo.Batches.SUPPORTED);

  @BeforeEach
  void fill() {
    try (ClaimTable filled = open()) {
      filled.seeding("1").end(commit(1));
    }
  }

  @Test
  void isJoinedAsLongAsItIsTheSame() {
    assertThatCode(this::join).doesNotThrowAnyException();
  }

  @Test
  void isRefusedWhenItWasMadeAnew() {
    dynamo.makeAnew();

    assertThatThrownBy(this::join).isInstanceOf(SetupException.class);
  }

  @Test
  void isRefusedWhenItWasRestoredSinceItLacksTheClaimsFromThenOn() {
    dynamo.restore();

    assertThatThrownBy(this::join)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("restored from a backup");
  }

  @Test
  void isJoinedWhenItWasFilledAgain() {
    dynamo.restore();
    fill();

    assertThatCode(this::join).doesNotThrowAnyException();
  }

  private void join() {
    try (ClaimTable table = open()) {
      table.seeding("1").requireEnded();
    }
  }

  private ClaimTable open() {
    return Tables.open(dynamo, "claims", "host/1/start", new LakeFates(), new TestClock());
  }
}
