package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.intake.IsolationRules;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RedriveCheckTest {

  private static final IsolationRules RULES = new IsolationRules(3, 5, 10);

  @Test
  void warnsOfAQueueThatIsFaster() {
    assertThat(RedriveCheck.warning(OptionalInt.of(10), RULES))
        .contains("after 10 deliveries")
        .contains("wadi.intake.max-receives (10)")
        .contains("to 11 or more");
  }

  @Test
  void hasNothingToSayOfAQueueThatIsSlowerOrNeverMovesAnything() {
    assertThat(RedriveCheck.warning(OptionalInt.of(11), RULES)).isNull();
    assertThat(RedriveCheck.warning(OptionalInt.empty(), RULES)).isNull();
  }

  @Test
  void hasNothingToSayWhereTheSourceNeverGivesUp() {
    assertThat(RedriveCheck.warning(OptionalInt.of(3), new IsolationRules(3, 5, 0))).isNull();
  }
}
