package dev.wadi.intake.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SourceRecord;
import dev.wadi.intake.Dispatch;
import dev.wadi.intake.DispatchSettings;
import dev.wadi.intake.IsolationRules;
import dev.wadi.intake.ParkingRoute;
import dev.wadi.intake.ReleasedClaims;
import dev.wadi.intake.SourceParts;
import dev.wadi.intake.sqs.HeldQueue;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of an errand that fails before anybody follows it, or while it sets out. */
@Tag("unit")
class NoticeReceiverTest {

  private static final String SOURCE = "s3:drops";

  private final Clock clock = Clock.systemUTC();
  private final NoticesInMemory queue = new NoticesInMemory();
  private final HeldQueue held = queue.open();
  private final ObjectsInMemory store = new ObjectsInMemory();
  private final ParkingRoute route = new ParkingRoute();
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), clock);
  private final SourceStatus status = new SourceStatus(SOURCE, clock);
  private final Backoff pauses = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger asked = new AtomicInteger();
  private final Errands errands = new Errands();
  private final DropSettings settings =
      new DropSettings(
          "drops",
          1,
          1,
          1 << 20,
          100,
          Buckets.of("lake", ""),
          AfterLanding.Action.LEAVE,
          "landed/",
          new IsolationRules(3, 0, 0),
          Duration.ZERO,
          new DispatchSettings(
              SOURCE, 1, Duration.ofMillis(10), 1, 2, 1 << 20, 3, Duration.ofSeconds(1)));
  private final SourceParts parts =
      new SourceParts(
          route,
          (name, delivery) -> false,
          new ReleasedClaims(),
          metrics,
          status,
          new AtomicLong()::incrementAndGet,
          clock);
  private final AfterLanding after =
      new AfterLanding(
          AfterLanding.Action.LEAVE, "landed/", new ObjectStore(store), metrics, pauses, threads);
  private final Endings endings =
      new Endings(errands, held, after, Duration.ZERO, threads, threads);
  private final Dispatch<DropDelivery> dispatch =
      new Dispatch<>(settings.dispatch(), parts, endings, pauses, () -> true);

  @AfterEach
  void stop() {
    dispatch.stop();
    held.stop(true);
    threads.shutdownNow();
  }

  @Test
  void beginsAnObjectAnewThatNobodyCouldBeFoundToRead() throws Exception {
    endings.dispatchBy(dispatch);
    dispatch.start();
    store.put("a", "{\"n\":1}\n");
    queue.send("first", 1, told("a"));
    threads.execute(receiver(this::failOnce));
    await().untilAsserted(() -> assertThat(queue.shown).contains("first"));
    assertThat(asked).hasValue(1);

    queue.send("second", 1, told("a"));
    route.next().commit();
    await().untilAsserted(() -> assertThat(queue.deleted).containsExactly("second"));
  }

  @Test
  void isNotUnderwayAnyMoreWhenItFailsToSetOut() {
    endings.dispatchBy(dispatch);
    NoticeMessage message =
        new NoticeMessage(new HeldQueue.Received("m", "{}", Instant.EPOCH, 1, null), 1);
    Errand errand = Errand.reject(null, message, 0);
    DropDelivery broken =
        new DropDelivery("d", errand, Arrays.asList((SourceRecord) null), false, null);
    errand.setsOut();

    assertThatThrownBy(() -> endings.setOut(broken)).isInstanceOf(NullPointerException.class);

    assertThat(dispatch.held()).isZero();
    assertThat(errand.abandon()).isEqualTo(Errand.Step.RELEASE);
  }

  /** As an executor that can't get a thread. */
  private void failOnce(Runnable task) {
    if (asked.incrementAndGet() == 1) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    threads.execute(task);
  }

  private NoticeReceiver receiver(Executor fetching) {
    DropCounts counts = new DropCounts(metrics);
    Fetcher fetcher =
        new Fetcher(
            settings,
            new ObjectStore(store),
            parts.deliveries(),
            new DeliveryMaker(SOURCE, 0, clock),
            endings,
            dispatch,
            counts,
            status,
            pauses);
    return new NoticeReceiver(
        settings, held, errands, after, dispatch, endings, fetcher, fetching, counts, status);
  }

  private String told(String key) {
    return "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"raw\"},"
        + "\"object\":{\"key\":\"%s\",\"eTag\":\"%s\",\"sequencer\":\"1\"}}}]}"
            .formatted(key, store.version(key).etag());
  }
}
