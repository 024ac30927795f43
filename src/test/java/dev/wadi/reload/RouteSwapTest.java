package dev.wadi.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.IntakeGate;
import dev.wadi.reload.RouteChanges.Ending;
import dev.wadi.reload.RouteChanges.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routes of a context that runs, changed by plans; nothing of it outside of this process. */
@Tag("unit")
class RouteSwapTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final RouteSet BEFORE = routes(source("a", "one") + idle("b", "60s"));

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final IntakeGate gate = new IntakeGate();
  private final FakeSources sources = new FakeSources();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final AtomicBoolean hurries = new AtomicBoolean();
  private RouteSwap swap;

  @BeforeEach
  void startsAContext() {
    camel.addComponent("fake", sources);
    camel.getRegistry().bind("gate", gate);
    Processor hangs =
        exchange -> {
          hanging.incrementAndGet();
          hang.await();
        };
    camel.getRegistry().bind("hangs", Processor.class, hangs);
    camel.start();
    swap = new RouteSwap(camel, gate, hurries::set);
  }

  @AfterEach
  void stopsIt() {
    hang.countDown();
    camel.stop();
  }

  @Test
  void goesOnWithTheOldRouteWhereTheNewOneEndsInAnError() {
    load(BEFORE);
    sources.unfit.add("two");
    Outcome outcome = make(BEFORE, routes(source("a", "two") + idle("b", "60s")));
    assertThat(outcome.ending()).isEqualTo(Ending.RESTORED);
    assertThat(outcome.why()).isInstanceOf(NoClassDefFoundError.class);
    assertThat(gate.isHeld()).isFalse();
    assertThat(hurries).isFalse();
    assertThat(status("a")).isEqualTo(ServiceStatus.Started);
    assertThat(sources.asked).endsWith("start one");
  }

  @Test
  void letsNothingInUntilTheOldRoutesRunAgain() {
    load(BEFORE);
    Plan plan = breaks(BEFORE, routes(source("a", "two") + idle("b", "60s")));
    assertThat(gate.isHeld()).isTrue();
    assertThat(swap.isChanging("a")).isTrue();
    assertThat(swap.isChanging("b")).isFalse();

    assertThat(restore(plan)).isNotNull();
    assertThat(gate.isHeld()).isTrue();

    sources.unfit.clear();
    assertThat(restore(plan)).isNull();
    assertThat(gate.isHeld()).isFalse();
    assertThat(swap.isChanging("a")).isFalse();
    assertThat(status("a")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void stillLetsNothingInWhereAnotherChangeIsNotMadeEither() {
    load(BEFORE);
    Plan broken = breaks(BEFORE, routes(source("a", "two") + idle("b", "60s")));
    sources.unfit.clear();
    RouteSet next = routes(source("a", "one") + idle("b", "30s"));
    Plan plan = Plan.between(BEFORE, next, Set.of()).after(broken);

    assertThat(swap.make(plan, PATIENCE, () -> true).ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(gate.isHeld()).isTrue();
    assertThat(status("b")).isEqualTo(ServiceStatus.Started);

    assertThat(swap.make(plan, PATIENCE, () -> false).ending()).isEqualTo(Ending.CHANGED);
    assertThat(gate.isHeld()).isFalse();
    assertThat(status("a")).as("of the change that broke").isEqualTo(ServiceStatus.Started);
    assertThat(camel.getRoute("b").getEndpoint().getEndpointUri()).contains("30s");
  }

  @Test
  void takesNothingFromASourceWhileABatchIsUnderWay() throws Exception {
    RouteSet before = routes(source("a", "one", "hangs"));
    load(before);
    Thread batch = new Thread(() -> sources.consumers.get("one").process(null, failure -> {}));
    batch.start();
    await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    Outcome outcome = make(before, routes(source("a", "two")), SHORT, () -> false);
    assertThat(outcome.ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(outcome.why()).hasMessageContaining("1 batches");
    assertThat(sources.asked).containsExactly("start one");
    assertThat(gate.isHeld()).isFalse();
    hang.countDown();
    batch.join();
    assertThat(make(before, routes(source("a", "two"))).ending()).isEqualTo(Ending.CHANGED);
  }

  @Test
  void takesNothingFromASourceWhileAnotherRouteDoesNotStop() {
    RouteSet before = routes(source("a", "one") + idle("b", "60s") + hanging("c"));
    load(before);
    await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    RouteSet next = routes(source("a", "two") + idle("b", "30s"));
    Outcome outcome = make(before, next, Duration.ofSeconds(4), () -> false);
    assertThat(outcome.ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(outcome.why()).hasMessageContaining("the route c still has 1 exchanges");
    assertThat(sources.asked).containsExactly("start one");
    assertThat(status("b")).isEqualTo(ServiceStatus.Started);
    assertThat(status("c")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void startsNoRouteThatDidNotRun() {
    RouteSet before = routes(stopped("a") + hanging("c"));
    load(before);
    await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    Outcome outcome = make(before, routes(idle("d", "60s")), SHORT, () -> false);
    assertThat(outcome.ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(status("a")).isEqualTo(ServiceStatus.Stopped);
  }

  @Test
  void letsBatchesInThoughARouteCanNotBeStopped() {
    load(BEFORE);
    BooleanSupplier fails =
        () -> {
          throw new NoClassDefFoundError("at the first question");
        };
    Outcome outcome = make(BEFORE, routes(source("a", "two")), PATIENCE, fails);
    assertThat(outcome.ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(gate.isHeld()).isFalse();
    assertThat(status("a")).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void startsNoSourceAgainOfAProcessThatStops() {
    RouteSet before = routes(source("a", "one") + source("b", "other"));
    load(before);
    // it stops when one of them has
    BooleanSupplier stops = () -> sources.asked.contains("stop one");
    Outcome outcome = make(before, routes(idle("c", "60s")), PATIENCE, stops);
    assertThat(outcome.ending()).isEqualTo(Ending.UNDRAINED);
    assertThat(sources.asked).endsWith("stop one");
    assertThat(gate.isHeld()).isFalse();
  }

  @Test
  void takesNoRouteAwayUnderLoadToRestoreIt() throws Exception {
    RouteSet before = routes(source("a", "one", "hangs"));
    load(before);
    Thread batch = new Thread(() -> sources.consumers.get("one").process(null, failure -> {}));
    batch.start();
    await().atMost(PATIENCE).until(() -> hanging.get() == 1);
    Plan plan = Plan.between(before, routes(source("a", "two")), Set.of());
    assertThat(swap.restore(plan, SHORT, () -> false)).hasMessageContaining("1 batches");
    assertThat(gate.isHeld()).isTrue();
    assertThat(status("a")).isEqualTo(ServiceStatus.Started);
    hang.countDown();
    batch.join();
    assertThat(restore(plan)).isNull();
    assertThat(gate.isHeld()).isFalse();
  }

  private Throwable restore(Plan plan) {
    return swap.restore(plan, PATIENCE, () -> false);
  }

  private void load(RouteSet routes) {
    assertThat(make(new RouteSet(), routes).ending()).isEqualTo(Ending.CHANGED);
  }

  /** Makes a change whose way back fails too. */
  private Plan breaks(RouteSet from, RouteSet to) {
    sources.unfit.addAll(Set.of("one", "two"));
    Plan plan = Plan.between(from, to, Set.of());
    assertThat(swap.make(plan, PATIENCE, () -> false).ending()).isEqualTo(Ending.BROKEN);
    return plan;
  }

  private Outcome make(RouteSet from, RouteSet to) {
    return make(from, to, PATIENCE, () -> false);
  }

  private Outcome make(RouteSet from, RouteSet to, Duration atMost, BooleanSupplier givenUp) {
    return swap.make(Plan.between(from, to, Set.of()), atMost, givenUp);
  }

  private ServiceStatus status(String id) {
    return camel.getRouteController().getRouteStatus(id);
  }

  private static RouteSet routes(String text) {
    return new RouteSet().users("file:/routes/mine.yaml", text);
  }

  private static String source(String id, String name) {
    return route(id, "", "fake:" + name, "log: done");
  }

  private static String source(String id, String name, String processor) {
    return route(id, "", "fake:" + name, "process: {ref: " + processor + "}");
  }

  private static String idle(String id, String period) {
    return route(id, "", "timer:" + id + "?delay=60s&period=" + period, "log: done");
  }

  private static String stopped(String id) {
    return route(id, "    autoStartup: false\n", "timer:" + id, "log: done");
  }

  private static String hanging(String id) {
    return route(id, "", "timer:" + id + "?delay=0&repeatCount=1", "process: {ref: hangs}");
  }

  private static String route(String id, String more, String from, String step) {
    return "- route:\n    id: %s\n%s    from:\n      uri: \"%s\"\n      steps:\n        - %s\n"
        .formatted(id, more, from, step);
  }
}
