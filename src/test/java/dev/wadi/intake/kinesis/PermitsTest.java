package dev.wadi.intake.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PermitsTest {

  @Test
  void letsNoBatchInWhileTooManyBytesAreOnTheirWay() throws Exception {
    Permits permits = new Permits(10, 100);
    permits.acquire();
    permits.hold(150);
    CompletableFuture<Void> second = acquire(permits);
    await().during(Duration.ofMillis(50)).until(() -> !second.isDone());

    permits.release(150);
    await().until(second::isDone);
  }

  @Test
  void letsNoMoreBatchesInThanItHasPermits() throws Exception {
    Permits permits = new Permits(1, 100);
    permits.acquire();
    CompletableFuture<Void> second = acquire(permits);
    await().during(Duration.ofMillis(50)).until(() -> !second.isDone());

    permits.release(0);
    await().until(second::isDone);
    assertThat(second).isCompleted();
  }

  private static CompletableFuture<Void> acquire(Permits permits) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            permits.acquire();
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }
}
