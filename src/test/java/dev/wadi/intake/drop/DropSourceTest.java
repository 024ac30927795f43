package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Isolation;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A source of dropped objects whose queue and store are in memory. */
@Tag("unit")
class DropSourceTest {

  private static final String SOURCE = "s3:drops";
  private static final int MAX_RECEIVES = 10;
  private static final int PART_EVENTS = 100;

  private final NoticesInMemory queue = new NoticesInMemory();
  private final ObjectsInMemory store = new ObjectsInMemory();
  private final ParkingRoute route = new ParkingRoute();
  private final Set<String> committed = ConcurrentHashMap.newKeySet();
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private DropSource source;

  @AfterEach
  void stop() {
    source.stop();
  }

  @Test
  void isolatesAMessageThoughOneOfItsEntriesIsADeadLetterAlready() throws Exception {
    committed.add("M#0");
    store.put("a", "{\"n\":1}\n");
    queue.send("M", MAX_RECEIVES + 1, told("a").replace("[", "[{},"));
    start(1 << 20);

    Parked isolated = route.next();
    assertThat(isolated.batch().isolation()).isEqualTo(Isolation.RECEIVED);
    assertThat(isolated.batch().deliveries()).containsExactly("M#all");
    assertThat(queue.deleted).isEmpty();
    isolated.commit();
    await().untilAsserted(() -> assertThat(queue.deleted).containsExactly("M"));
  }

  @Test
  void readsNoMoreAheadThanTheBytesThatItMayHold() throws Exception {
    String part = ("{\"n\":\"" + "x".repeat(9_991) + "\"}\n").repeat(PART_EVENTS);
    for (String key : List.of("a", "b", "c", "d")) {
      store.put(key, part.repeat(3));
      queue.send(key, 1, told(key));
    }
    start(1 << 20);
    Parked first = route.next();
    Parked second = route.next();
    await().during(Duration.ofMillis(500)).until(() -> metrics.inFlight() <= 2 * PART_EVENTS);

    route.judge = parked -> null;
    first.commit();
    second.commit();
    await("the last parts, which wait for bytes too")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(queue.deleted).containsExactlyInAnyOrder("a", "b", "c", "d"));
  }

  @Test
  void showsOnlyTheMessageAgainThatItFailsToOpen() throws Exception {
    store.put("a", "{\"n\":1}\n");
    queue.send("broken", 1, null);
    queue.send("good", 1, told("a"));
    start(1 << 20);

    route.next().commit();
    await().untilAsserted(() -> assertThat(queue.deleted).containsExactly("good"));
    assertThat(queue.shown).containsExactly("broken");
  }

  @Test
  void touchesNoObjectOfTheLakeOrOfABucketThatIsNotNamed() throws Exception {
    store.put("a", "{\"n\":1}\n");
    queue.send("ours", 1, told("a").replace("raw", "lake"));
    queue.send("theirs", 1, told("a").replace("raw", "theirs"));
    start(1 << 20);

    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Parked refused = route.next();
      reasons.add(refused.batch().records().get(0).flaw().reason());
      refused.commit();
    }
    await()
        .untilAsserted(() -> assertThat(queue.deleted).containsExactlyInAnyOrder("ours", "theirs"));
    assertThat(reasons).containsExactly("foreign_bucket", "foreign_bucket");
    assertThat(store.calls).isEmpty();
  }

  private void start(long maxBytes) {
    Clock clock = Clock.systemUTC();
    source =
        new DropSource(
            settings(maxBytes),
            queue.open(),
            store,
            new SourceParts(
                route,
                (name, delivery) -> committed.contains(delivery),
                new ReleasedClaims(),
                metrics,
                new SourceStatus(SOURCE, clock),
                new AtomicLong()::incrementAndGet,
                clock),
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)));
    source.start();
  }

  private static DropSettings settings(long maxBytes) {
    return new DropSettings(
        "drops",
        1,
        4,
        1 << 20,
        PART_EVENTS,
        Buckets.of("lake", "raw, other"),
        AfterLanding.Action.DELETE,
        "landed/",
        new IsolationRules(3, 0, MAX_RECEIVES),
        Duration.ZERO,
        new DispatchSettings(
            SOURCE, 1, Duration.ofMillis(10), 1, 32, maxBytes, 3, Duration.ofSeconds(1)));
  }

  private String told(String key) {
    return "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"raw\"},"
        + "\"object\":{\"key\":\"%s\",\"eTag\":\"%s\",\"sequencer\":\"1\"}}}]}"
            .formatted(key, store.version(key).etag());
  }
}
