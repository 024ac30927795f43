package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class IntakeGateTest {

  private final IntakeGate gate = new IntakeGate();

  @Test
  void letsNothingInWhileItIsHeld() {
    gate.hold();
    CompletableFuture<Boolean> batch = CompletableFuture.supplyAsync(() -> gate.enter(() -> false));
    assertThat(gate.underway()).isZero();
    assertThat(batch).isNotDone();
    gate.open();
    assertThat(batch.join()).isTrue();
    assertThat(gate.underway()).isEqualTo(1);
  }

  @Test
  void isEmptyWhenEveryBatchHasEnded() throws Exception {
    gate.enter(() -> false);
    gate.hold();
    assertThat(gate.awaitEmpty(Duration.ofMillis(1), () -> false)).isFalse();
    assertThat(gate.awaitEmpty(Duration.ofHours(1), () -> true)).as("given up").isFalse();
    CompletableFuture.runAsync(gate::leave);
    assertThat(gate.awaitEmpty(Duration.ofHours(1), () -> false)).isTrue();
  }

  @Test
  void turnsABatchAwayWhoseSourceEnds() {
    AtomicBoolean ends = new AtomicBoolean();
    gate.hold();
    CompletableFuture<Boolean> batch = CompletableFuture.supplyAsync(() -> gate.enter(ends::get));
    ends.set(true);
    await().atMost(Duration.ofSeconds(30)).until(batch::isDone);
    assertThat(batch.join()).isFalse();
    assertThat(gate.underway()).isZero();
  }
}
