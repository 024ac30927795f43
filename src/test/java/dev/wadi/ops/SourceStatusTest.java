package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SourceStatusTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private Instant now = START;
  private final SourceStatus status =
      new SourceStatus(
          "sqs:events",
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void knowsNeitherSuccessNorFailureAtFirst() {
    assertThat(status.lastSuccess()).isEmpty();
    assertThat(status.failingSince()).isEmpty();
    assertThat(status.lastError()).isEmpty();
  }

  @Test
  void failsSinceTheFirstFailureAfterASuccess() {
    status.succeeded();
    now = START.plusSeconds(10);
    status.failed("reset");
    now = START.plusSeconds(20);
    status.failed("refused");

    assertThat(status.lastSuccess()).contains(START);
    assertThat(status.failingSince()).contains(START.plusSeconds(10));
    assertThat(status.lastError()).contains("refused");
  }

  @Test
  void forgetsFailuresWithASuccess() {
    status.failed("reset");
    status.succeeded();

    assertThat(status.failingSince()).isEmpty();
    assertThat(status.lastError()).isEmpty();
  }
}
