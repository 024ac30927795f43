package dev.wadi.deduplicate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TableSettingsTest {

  @Test
  void takesNoTimeToLiveInWhichALateRequestCouldArrive() {
    assertThatThrownBy(() -> settings(Duration.ofMinutes(5), Duration.ofMinutes(59)))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("wadi.deduplicate.time-to-live");
    assertThat(settings(Duration.ofMinutes(5), Duration.ofHours(1)).timeToLive())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void takesNoTimeToLiveThatEndsBeforeTheLease() {
    assertThatThrownBy(() -> settings(Duration.ofHours(2), Duration.ofHours(2)))
        .isInstanceOf(SetupException.class);
    assertThat(settings(Duration.ofHours(2), Duration.ZERO).timeToLive()).isZero();
  }

  private static TableSettings settings(Duration lease, Duration timeToLive) {
    return new TableSettings("claims", false, lease, timeToLive, 1, Duration.ofSeconds(1));
  }
}
