package dev.wadi.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SimulateStepTest {

  private static final long SECOND = 1_000_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(camel);

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void handsOutWhatIsDue() {
    SimulateStep step = step(Rate.perSecond(10, nanos::get), Long.MAX_VALUE);
    assertThat(tick(step)).isEmpty();
    nanos.addAndGet(SECOND);
    assertThat(tick(step)).hasSize(10);
  }

  @Test
  void stopsAfterTheNumberOfEvents() {
    SimulateStep step = step(Rate.perTick(4), 6);
    confirmAll(step, tick(step));
    assertThat(step.done()).isFalse();
    confirmAll(step, tick(step));
    assertThat(step.emitted()).isEqualTo(6);
    assertThat(step.done()).isTrue();
    assertThat(tick(step)).isEmpty();
    assertThat(step.simulator().count(Emission.Kind.GENUINE)).isEqualTo(6);
  }

  @Test
  void handsOutAgainWhatWasNotSentAndNothingElse() {
    SimulateStep step = step(Rate.perTick(4), 100);
    List<String> first = tick(step);
    step.sent(0);
    step.sent(2);
    List<String> second = tick(step);
    assertThat(second).containsExactly(first.get(1), first.get(3));
    assertThat(tick(step)).isEqualTo(second);
    assertThat(step.emitted()).isEqualTo(2);
    confirmAll(step, second);
    assertThat(tick(step)).hasSize(4).doesNotContainAnyElementsOf(first);
  }

  @Test
  void isNotDoneBeforeTheLastMessageIsSent() {
    SimulateStep step = step(Rate.perTick(5), 5);
    tick(step);
    for (int i = 0; i < 4; i++) {
      step.sent(i);
    }
    step.sent(3);
    assertThat(step.emitted()).isEqualTo(4);
    assertThat(step.done()).isFalse();
    step.sent(4);
    assertThat(step.done()).isTrue();
  }

  @Test
  void packsManyEventsOfATickIntoFewMessages() {
    SimulateStep step = step(Rate.perTick(5_000), Long.MAX_VALUE);
    List<String> messages = tick(step);
    assertThat(messages)
        .hasSizeBetween(10, 20)
        .allSatisfy(body -> assertThat(body).startsWith("[").hasSizeLessThanOrEqualTo(262_144));
    confirmAll(step, messages);
    assertThat(step.emitted()).isEqualTo(5_000);
  }

  @Test
  void catchesUpAfterAFailedTick() {
    SimulateStep step = step(Rate.perSecond(10, nanos::get), Long.MAX_VALUE);
    nanos.addAndGet(SECOND);
    tick(step);
    nanos.addAndGet(SECOND);
    confirmAll(step, tick(step));
    assertThat(tick(step)).hasSize(10);
  }

  private SimulateStep step(Rate rate, long events) {
    SimulatorOptions options = SimulatorOptions.live(1, FaultRates.NONE);
    return new SimulateStep(
        new Simulator(options, Simulations.CLOCK), rate, events, SimulateStep.MOST_SINGLES);
  }

  private List<String> tick(SimulateStep step) {
    step.process(exchange);
    List<?> bodies = (List<?>) exchange.getMessage().getBody();
    return bodies.stream().map(String.class::cast).toList();
  }

  private static void confirmAll(SimulateStep step, List<String> messages) {
    for (int i = 0; i < messages.size(); i++) {
      step.sent(i);
    }
  }
}
