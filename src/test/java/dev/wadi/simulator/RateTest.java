package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class RateTest {

  private static final long MILLI = 1_000_000;

  private final AtomicLong nanos = new AtomicLong(-7_000_000_000_000L);

  @Test
  void followsElapsedTimeHoweverUnevenTheTicks() {
    Rate rate = Rate.perSecond(50, nanos::get);
    long due = 0;
    for (int tick = 0; tick < 1_000; tick++) {
      nanos.addAndGet((tick % 3 == 0 ? 7 : 133) * MILLI);
      due += rate.due();
    }
    // 334 ticks of 7 ms and 666 of 133 ms at 50 a second
    assertThat(due).isBetween(4_544L, 4_546L);
  }

  @Test
  void makesUpForAShortPauseButNotForALongOne() {
    Rate rate = Rate.perSecond(100, nanos::get);
    nanos.addAndGet(3_000 * MILLI);
    assertThat(rate.due()).isEqualTo(300);
    nanos.addAndGet(3_600_000 * MILLI);
    assertThat(rate.due()).isEqualTo(500);
    assertThat(rate.due()).isZero();
  }

  @Test
  void comesToAnEventEvenIfItIsLessThanOneInManyTicks() {
    Rate rate = Rate.perSecond(0.01, nanos::get);
    int due = 0;
    for (int tick = 0; tick < 1_001; tick++) {
      nanos.addAndGet(200 * MILLI);
      due += rate.due();
    }
    assertThat(due).isEqualTo(2);
  }

  @Test
  void givesTheSameAtEveryTickWhenItIsPerTick() {
    Rate rate = Rate.perTick(5_000);
    assertThat(rate.due()).isEqualTo(5_000);
    assertThat(rate.due()).isEqualTo(5_000);
  }

  @Test
  void isNothingAtZero() {
    Rate rate = Rate.perSecond(0, nanos::get);
    nanos.addAndGet(1_000_000 * MILLI);
    assertThat(rate.due()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoRate(double events) {
    assertThatThrownBy(() -> Rate.perSecond(events, nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give 0 or more");
  }

  @Test
  void refusesTicksWithoutEvents() {
    assertThatThrownBy(() -> Rate.perTick(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
