package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ConsecutiveFailuresTest {

  private final ConsecutiveFailures failures =
      new ConsecutiveFailures(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)));

  @Test
  void doublesUpToItsLimit() {
    assertThat(List.of(failures.failed(), failures.failed(), failures.failed(), failures.failed()))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void beginsAgainAfterASuccess() {
    failures.failed();
    failures.failed();
    failures.succeeded();

    assertThat(failures.failed()).hasSeconds(1);
  }
}
