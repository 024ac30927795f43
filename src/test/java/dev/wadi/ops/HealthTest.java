package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.ops.Health.Phase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HealthTest {

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final HandClock clock = new HandClock();
  private final Health health = new Health(clock, FRESH, Duration.ofSeconds(30));
  private final Health impatient = new Health(clock, FRESH, Duration.ofMillis(20));

  @AfterEach
  void close() {
    health.close();
    impatient.close();
  }

  @Test
  void isUpWhenEverythingAnswers() {
    health.enter(Phase.RUNNING);
    health.add("queue", () -> HealthCheck.up("3 waiting"));
    health.add("store", () -> HealthCheck.up("lake is there"));

    Health.Report report = health.report();

    assertThat(report.ready()).isTrue();
    assertThat(report.checks())
        .containsExactly(
            new Health.Check("queue", "UP", "3 waiting", 0),
            new Health.Check("store", "UP", "lake is there", 0));
  }

  @Test
  void isDownWhenOneThingDoesNotAnswer() {
    health.enter(Phase.RUNNING);
    health.add("queue", () -> HealthCheck.up(""));
    health.add(
        "store",
        () -> {
          throw new java.net.ConnectException("Connection refused\n\tat somewhere");
        });

    Health.Report report = health.report();

    assertThat(report.status()).isEqualTo("DOWN");
    assertThat(report.checks().get(1))
        .isEqualTo(new Health.Check("store", "DOWN", "Connection refused", 0));
  }

  @Test
  void isReadyAndDegradedWhileSomebodyMustLook() {
    health.enter(Phase.RUNNING);
    health.add("queue", () -> HealthCheck.up(""));
    health.add("route files", () -> HealthCheck.degraded("a change is refused"));
    assertThat(health.report().status()).isEqualTo("DEGRADED");
    assertThat(health.report().ready()).isTrue();

    health.add("store", () -> HealthCheck.down("no answer"));
    assertThat(health.report().status()).isEqualTo("DOWN");
  }

  @Test
  void isNotReadyWhileStartingOrDraining() {
    assertThat(health.report().status()).isEqualTo("STARTING");
    health.enter(Phase.DRAINING);
    assertThat(health.report().status()).isEqualTo("DRAINING");
    assertThat(health.report().ready()).isFalse();
  }

  @Test
  void asksAgainOnlyWhenTheAnswerIsOld() {
    AtomicInteger asked = new AtomicInteger();
    AtomicBoolean answers = new AtomicBoolean(true);
    health.enter(Phase.RUNNING);
    health.add(
        "queue",
        () -> {
          asked.incrementAndGet();
          return answers.get() ? HealthCheck.up("") : HealthCheck.down("gone");
        });

    assertThat(health.report().ready()).isTrue();
    answers.set(false);
    clock.forward(FRESH.minusMillis(1));
    assertThat(health.report().ready()).isTrue();
    assertThat(asked).hasValue(1);
    clock.forward(Duration.ofMillis(1));
    assertThat(health.report().ready()).isFalse();
    assertThat(asked).hasValue(2);
  }

  @Test
  void aCheckThatHangsIsDownAndIsNotAskedAgainUntilItIsBack() {
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    impatient.enter(Phase.RUNNING);
    impatient.add(
        "store",
        () -> {
          asked.incrementAndGet();
          back.await();
          return HealthCheck.up("");
        });

    for (int i = 0; i < 3; i++) {
      assertThat(impatient.report().checks().get(0).detail()).isEqualTo("no answer yet");
      clock.forward(Duration.ofSeconds(10));
    }
    await().untilAsserted(() -> assertThat(asked).hasValue(1));

    back.countDown();
    await().until(() -> impatient.report().ready());
  }

  @Test
  void aVitalCheckThatHasNotAnsweredYetEndsNobody() {
    CountDownLatch back = new CountDownLatch(1);
    impatient.add(
        Health.Scope.VITAL,
        "threads",
        () -> {
          back.await();
          return HealthCheck.down("they wait for each other");
        });

    assertThat(impatient.vital().ready()).as("never answered").isTrue();
    assertThat(impatient.vital().checks().get(0).detail()).isEqualTo("no answer yet");

    back.countDown();
    await().until(() -> !impatient.vital().ready());
  }

  @Test
  void aVitalCheckThatWasDownStaysDownWhileItIsLate() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    impatient.add(
        Health.Scope.VITAL,
        "threads",
        () -> {
          if (asked.incrementAndGet() > 1) {
            never.await();
          }
          return HealthCheck.down("they wait for each other");
        });
    await().until(() -> !impatient.vital().ready());
    clock.forward(FRESH);
    impatient.vital();
    await().untilAtomic(asked, org.hamcrest.Matchers.is(2));

    Health.Check late = impatient.vital().checks().get(0);

    assertThat(late.status()).isEqualTo("DOWN");
    assertThat(late.detail()).isEqualTo("no answer yet, and before: they wait for each other");
  }
}
