package dev.wadi.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.ops.Metrics.Term;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProgressTest {

  private final HandClock clock = new HandClock();
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), clock);
  private final Progress progress = new Progress(metrics, "sqs:events-dlq", clock);

  @Test
  void countsWhatTheArchiveReceivesOnlyOnce() {
    metrics.count(Term.RECEIVED, "sqs:events", 10);
    metrics.count(Term.REJECTED, "sqs:events", 10);
    metrics.count(Term.RECEIVED, "sqs:events-dlq", 10);
    metrics.count(Term.LANDED, "sqs:events-dlq", 10);
    metrics.inFlight("sqs:events-dlq", 5);
    clock.forward(Duration.ofSeconds(9));

    assertThat(progress.totals()).isEqualTo(new Totals(10, 0, 0, 0, 0, 10, 0, 0, 0));
    assertThat(progress.lag()).isZero();
  }

  @Test
  void lagIsThatOfTheSlowestSource() {
    metrics.inFlight("sqs:a", 1);
    clock.forward(Duration.ofSeconds(2));
    metrics.inFlight("sqs:b", 1);

    assertThat(progress.lag()).hasSeconds(2);
  }

  @Test
  void perSecondIsOverTheLastTenSeconds() {
    for (int second = 0; second < 60; second++) {
      metrics.count(Term.RECEIVED, "sqs:events", second < 30 ? 1000 : 50);
      clock.forward(Duration.ofSeconds(1));
      progress.sample();
    }

    assertThat(progress.perSecond()).isEqualTo(50.0);
  }

  @Test
  void perSecondFallsToZeroWhenNothingComes() {
    metrics.count(Term.RECEIVED, "sqs:events", 1000);
    for (int second = 0; second < 12; second++) {
      clock.forward(Duration.ofSeconds(1));
      progress.sample();
    }

    assertThat(progress.perSecond()).isZero();
  }

  @Test
  void perSecondIsNotFooledByTwoWhoAskAtOnce() {
    metrics.count(Term.RECEIVED, "sqs:events", 100);
    clock.forward(Duration.ofSeconds(2));

    assertThat(progress.perSecond()).isEqualTo(50.0);
    assertThat(progress.perSecond()).isEqualTo(50.0);
  }

  @Test
  void looksAgainWhileACommitRaisesTheTermsOneByOne() {
    Totals between = new Totals(10, 0, 5, 0, 0, 0, 0, 0, 0);
    Totals after = new Totals(10, 0, 10, 0, 0, 0, 0, 0, 0);
    Iterator<Totals> looks = List.of(between, between, after).iterator();

    assertThat(Totals.steady(looks::next)).isEqualTo(after);
  }
}
