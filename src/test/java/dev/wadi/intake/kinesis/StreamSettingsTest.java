package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.common.InitialPositionInStream;

@Tag("unit")
class StreamSettingsTest {

  @Test
  void readsInitialPositions() {
    assertThat(position("TRIM_HORIZON")).isEqualTo(InitialPositionInStream.TRIM_HORIZON);
    assertThat(position("latest")).isEqualTo(InitialPositionInStream.LATEST);
    assertThat(position("trim-horizon")).isEqualTo(InitialPositionInStream.TRIM_HORIZON);
    assertThat(InitialPosition.parse("2026-11-21T00:00:00Z").position().getTimestamp())
        .isEqualTo(Date.from(Instant.parse("2026-11-21T00:00:00Z")));
  }

  @Test
  void saysWhatAnInitialPositionCanBe() {
    assertThatThrownBy(() -> InitialPosition.parse("yesterday"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("TRIM_HORIZON, LATEST or a time");
  }

  @Test
  void saysWhatItNeeds() {
    assertThatThrownBy(() -> settings("", 1)).hasMessageContaining("a stream's name");
    assertThatThrownBy(() -> settings("events", 0)).hasMessageContaining("maxEvents of at least 1");
    assertThat(settings("events", 1).source()).isEqualTo("kinesis:events");
  }

  private static InitialPositionInStream position(String text) {
    return InitialPosition.parse(text).position().getInitialPositionInStream();
  }

  private static StreamSettings settings(String stream, int maxEvents) {
    return new StreamSettings(
        stream,
        "wadi",
        InitialPosition.parse("LATEST"),
        maxEvents,
        1,
        Duration.ZERO,
        1,
        1,
        1,
        0,
        Duration.ofSeconds(1),
        Duration.ZERO,
        false,
        false,
        false);
  }
}
