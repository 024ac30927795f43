package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import dev.wadi.intake.drop.AfterLanding.Action;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AfterLandingTest {

  private final ObjectsInMemory store = new ObjectsInMemory();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void leavesAnObject() {
    store.put("a", "x");
    after(Action.LEAVE).landed(List.of(store.version("a")));
    assertThat(store.calls).isEmpty();
  }

  @Test
  void addsItsTagToThoseThatAreThere() {
    store.put("a", "x");
    store.tags.put(
        "a",
        List.of(
            software.amazon.awssdk.services.s3.model.Tag.builder().key("k").value("v").build()));
    ObjectVersion object = store.version("a");
    after(Action.TAG).landed(List.of(object));
    after(Action.TAG).landed(List.of(object));
    assertThat(store.tags.get("a"))
        .extracting(tag -> tag.key() + "=" + tag.value())
        .containsExactly("k=v", "wadi=landed");
  }

  @Test
  void movesAndCanDoItAgain() {
    store.put("in/a", "x");
    ObjectVersion object = store.version("in/a");
    after(Action.MOVE).landed(List.of(object));
    after(Action.MOVE).landed(List.of(object));
    assertThat(store.has("in/a")).isFalse();
    assertThat(store.text("done/in/a")).isEqualTo("x");
    assertThat(unfinished()).isZero();
  }

  @Test
  void knowsWhatItHasMoved() {
    assertThat(after(Action.MOVE).hasMoved(named("done/in/a"))).isTrue();
    assertThat(after(Action.MOVE).hasMoved(named("in/a"))).isFalse();
    assertThat(after(Action.LEAVE).hasMoved(named("done/in/a"))).isFalse();
  }

  @Test
  void deletesNothingThatHasReplacedAnObject() {
    store.put("a", "x");
    ObjectVersion object = store.version("a");
    store.put("a", "other");
    after(Action.DELETE).landed(List.of(object));
    after(Action.MOVE).landed(List.of(object));
    assertThat(store.text("a")).isEqualTo("other");
    assertThat(store.has("done/a")).isFalse();
  }

  @Test
  void triesAgainAndAtLastLeavesAnObjectAndCountsIt() {
    store.put("a", "x");
    store.put("b", "y");
    store.failures.addAll(List.of(503, 503, 503));
    after(Action.DELETE).landed(List.of(store.version("a")));
    assertThat(store.has("a")).isFalse();
    store.failures.addAll(List.of(403, 403, 403, 403));
    after(Action.DELETE).landed(List.of(store.version("b")));
    assertThat(store.has("b")).isTrue();
    assertThat(unfinished()).isEqualTo(1);
  }

  @Test
  void saysWhichActionsThereAre() {
    assertThat(Action.of("move")).isEqualTo(Action.MOVE);
    assertThatThrownBy(() -> Action.of("burn"))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("leave, tag, move, delete");
  }

  private AfterLanding after(Action action) {
    Backoff atOnce = new Backoff(Duration.ZERO, Duration.ZERO);
    return new AfterLanding(action, "done/", new ObjectStore(store), metrics, atOnce, threads);
  }

  private double unfinished() {
    var counter = metrics.registry().find("wadi.drops.unfinished").counter();
    return counter == null ? 0 : counter.count();
  }

  private static ObjectVersion named(String key) {
    return ObjectVersion.of("raw", key, null, "e", "1", 1, null);
  }
}
