package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void doublesUpToItsLimit() {
    assertThat(List.of(backoff.failed(), backoff.failed(), backoff.failed(), backoff.failed()))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void beginsAgainAfterASuccess() {
    backoff.failed();
    backoff.failed();
    backoff.succeeded();

    assertThat(backoff.failed()).hasSeconds(1);
  }
}
