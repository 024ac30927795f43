package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class SimulatorOptionsTest {

  private static final Instant UNTIL = Simulations.UNTIL;

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refuseARateThatIsNoShare(double rate) {
    assertThatThrownBy(() -> new FaultRates(0, 0, rate, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the rate of malformed is " + rate + ": give a number from 0 to 1, such as 0.01");
  }

  @Test
  void refuseMoreFaultsThanEvents() {
    assertThat(new FaultRates(0.25, 0.25, 0.25, 0.25).genuine()).isEqualTo(0.25);
    assertThatThrownBy(() -> new FaultRates(0.5, 0.5, 0.1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower one of them");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 36_501})
  void refuseAnImpossibleNumberOfDays(int days) {
    assertThatThrownBy(() -> Period.ofDays(days, UNTIL, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of days is " + days + ": give 1 to 36500, such as 30");
  }

  @Test
  void refuseAPeriodWithoutEventsOrTime() {
    assertThatThrownBy(() -> Period.ofDays(1, UNTIL, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give 1 or more");
    assertThatThrownBy(() -> new Period(UNTIL, UNTIL, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> Period.ofDays(30, Instant.EPOCH, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer days");
    assertThatThrownBy(() -> Period.ofDays(30, Instant.MAX, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1970 to 9999");
  }

  @Test
  void takeTheFactorysUsualPaceWithoutDays() {
    assertThat(Period.atUsualPace(UNTIL, 100_000).length()).isEqualTo(Duration.ofDays(2));
    assertThat(Period.atUsualPace(UNTIL, 1).length()).isEqualTo(Duration.ofSeconds(1));
    assertThat(Period.atUsualPace(UNTIL, Long.MAX_VALUE).length())
        .isEqualTo(Duration.ofDays(3_650));
  }
}
