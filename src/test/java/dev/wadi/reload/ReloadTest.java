package dev.wadi.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.check.Finding;
import dev.wadi.event.SetupException;
import dev.wadi.intake.IntakeGate;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.PatientHealth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The thread that looks, and what health is told of it. */
@Tag("unit")
class ReloadTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Health health = PatientHealth.of(Clock.systemUTC());
  private final CountDownLatch looked = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @AfterEach
  void endsHealth() {
    health.close();
  }

  @Test
  void staysReadyWhileFilesAreRefused() {
    try (Reload reload = watch(new Folder(false))) {
      assertThat(reload).isNotNull();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(health.own().status()).isEqualTo("DEGRADED"));
      assertThat(health.own().ready()).isTrue();
      assertThat(health.own().checks().get(0).detail()).contains("no folder");
    }
  }

  @Test
  void interruptsWhatHangsWhenTheProcessStops() throws Exception {
    Reload reload = watch(new Folder(true));
    looked.await();
    reload.close(PATIENCE);
    assertThat(interrupted.getCount()).isZero();
  }

  private Reload watch(RouteFolder folder) {
    camel.getRegistry().bind("gate", new IntakeGate());
    Reload reload =
        new Reload(
            folder,
            Map.of(),
            camel,
            Set.of(),
            now -> {},
            new Metrics(new SimpleMeterRegistry(), Clock.systemUTC()),
            new Reload.Times(Duration.ofMillis(10), Duration.ofMillis(10)),
            Clock.systemUTC());
    health.enter(Health.Phase.RUNNING);
    reload.start(health);
    return reload;
  }

  /** One that can't be read, at once or after as long as a disk of the network may take. */
  private final class Folder implements RouteFolder {
    private final boolean hangs;

    Folder(boolean hangs) {
      this.hangs = hangs;
    }

    @Override
    public Map<Path, String> read() {
      looked.countDown();
      try {
        if (hangs) {
          new CountDownLatch(1).await();
        }
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      throw new SetupException("is no folder");
    }

    @Override
    public RouteSet routes(Map<Path, String> texts) {
      return new RouteSet();
    }

    @Override
    public List<Finding> check(RouteSet routes) {
      return List.of();
    }

    @Override
    public String explain(Throwable failure, Map<Path, String> texts) {
      return failure.getMessage();
    }
  }
}
