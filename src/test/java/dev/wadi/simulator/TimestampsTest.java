package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TimestampsTest {

  private final Timestamps timestamps = new Timestamps();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00.000000Z",
        "2024-02-29T09:08:07.000001Z",
        "2026-10-31T23:59:59.999999Z",
        "9999-12-31T12:34:56.789012Z"
      })
  void writeTheTimeWithSixDecimals(String text) {
    timestamps.format(0);
    Instant time = Instant.parse(text);
    long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    assertThat(timestamps.format(micros)).isEqualTo(text);
  }
}
