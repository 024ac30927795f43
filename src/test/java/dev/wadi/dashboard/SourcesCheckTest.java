package dev.wadi.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.SourceStatus;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SourcesCheckTest {

  private final SourceStatus events = new SourceStatus("sqs:events", Clock.systemUTC());
  private final SourceStatus letters = new SourceStatus("sqs:events-dlq", Clock.systemUTC());
  private final SourcesCheck check = new SourcesCheck(() -> List.of(events, letters));

  @Test
  void isDownWithTheReasonWhileBatchesAreHeldAndUpWhenOneLands() {
    assertThat(check.ask().up()).isTrue();
    events.heldBack("the store is\ndown");
    assertThat(check.ask().up()).isFalse();
    assertThat(check.ask().detail())
        .startsWith("sqs:events holds what doesn't land since 2")
        .endsWith(": the store is down");
    letters.landed();
    assertThat(check.ask().up()).isFalse();
    events.landed();
    assertThat(check.ask().up()).isTrue();
  }

  @Test
  void isDownWhileAQueueCannotBeReceivedFrom() {
    letters.failed("connection refused");
    assertThat(check.ask().detail())
        .isEqualTo("sqs:events-dlq can't be received from: connection refused");
    letters.succeeded();
    assertThat(check.ask().up()).isTrue();
  }
}
