package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.SourceRecord;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Metrics.Term;
import dev.wadi.ops.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way of deliveries whose origin is a list in memory. */
@Tag("unit")
class DispatchTest {

  private static final String SOURCE = "list:events";

  private final ParkingRoute route = new ParkingRoute();
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final BlockingQueue<String> acknowledged = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> returned = new LinkedBlockingQueue<>();
  private final AtomicBoolean refuses = new AtomicBoolean();
  private final AtomicBoolean exhausted = new AtomicBoolean();
  private final AtomicLong sequence = new AtomicLong();
  private Dispatch<Line> dispatch = dispatch(Long.MAX_VALUE);

  @AfterEach
  void stop() {
    dispatch.stop();
  }

  @Test
  void acknowledgesOnlyWhatACommitAccountsFor() throws Exception {
    receive("one", "two");
    dispatch.start();
    Parked batch = route.next();
    assertThat(batch.bodies()).containsExactly("one", "two");
    assertThat(batch.batch().deliveries()).containsExactly("one", "two");
    assertThat(acknowledged).isEmpty();
    assertThat(metrics.inFlight()).isEqualTo(2);

    batch.commit();

    await().untilAsserted(() -> assertThat(acknowledged).containsExactly("one", "two"));
    await().until(() -> dispatch.held() == 0);
    assertThat(metrics.inFlight()).isZero();
    assertThat(returned).isEmpty();
  }

  @Test
  void givesBackWhatNoBatchCouldBeMadeOfAndGoesOn() throws Exception {
    dispatch.start();
    exhausted.set(true);
    List<String> lines = List.of("1", "2", "3", "4", "5", "6");
    for (String line : lines) {
      // more batches than there are permits
      receive(line);
      await().dontCatchUncaughtExceptions().until(() -> returned.contains(line));
    }
    assertThat(dispatch.held()).isZero();
    assertThat(metrics.inFlight()).isZero();
    exhausted.set(false);
    receive("7");
    assertThat(route.next().bodies()).containsExactly("7");
  }

  @Test
  void handsOverAgainWhatAnOutageFailed() throws Exception {
    dispatch.start();
    receive("one");
    route.next().failByOutage();

    Parked again = route.next();
    assertThat(again.bodies()).containsExactly("one");
    again.commit();

    await().untilAsserted(() -> assertThat(acknowledged).containsExactly("one"));
    assertThat(metrics.total(Term.RECEIVED, SOURCE)).isEqualTo(1);
  }

  @Test
  void givesBackWhatNoBatchHasTakenWhenItPauses() throws Exception {
    receive("one", "two");

    dispatch.pause();

    assertThat(returned).containsExactly("one", "two");
    assertThat(dispatch.held()).isZero();
    assertThat(metrics.inFlight()).isZero();
    assertThat(dispatch.add(new Line("three"))).isFalse();
  }

  @Test
  void countsWhatItsOriginWouldNotHaveAcknowledged() throws Exception {
    refuses.set(true);
    receive("one", "two");
    dispatch.start();
    route.next().commit();

    await().until(() -> dispatch.held() == 0);
    assertThat(metrics.registry().get("wadi.source.undeleted").counter().count()).isEqualTo(2);
  }

  @Test
  void hasNoRoomWhileItHoldsAllTheBytesThatItMay() throws Exception {
    dispatch = dispatch(5);
    dispatch.start();
    receive("12345");
    CountDownLatch room = new CountDownLatch(1);
    Thread waiting = new Thread(() -> awaitRoom(room));
    waiting.start();
    Parked batch = route.next();
    await().during(Duration.ofMillis(100)).until(() -> room.getCount() == 1);

    batch.commit();

    await().until(() -> room.getCount() == 0);
  }

  @Test
  void takesWhatIsReadOnOnlyAsTheBytesItHoldsAllow() throws Exception {
    dispatch = dispatch(5);
    dispatch.start();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    for (String id : List.of("12345", "67890", "abcde")) {
      readers.submit(() -> dispatch.receive(new Line(id)) && dispatch.add(new Line(id)));
    }
    readers.shutdown();
    for (int taken = 1; taken <= 3; taken++) {
      Parked batch = route.next();
      await().during(Duration.ofMillis(100)).until(() -> dispatch.held() == 1);
      batch.commit();
    }
    await().untilAsserted(() -> assertThat(acknowledged).hasSize(3));
  }

  @Test
  void receivesNothingThatWaitsForBytesWhenItPauses() throws Exception {
    dispatch = dispatch(5);
    dispatch.start();
    receive("12345");
    Parked batch = route.next();
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    Thread reader = new Thread(() -> waiting.completeAsync(() -> receives("67890"), Runnable::run));
    reader.start();
    await().until(() -> reader.getState() == Thread.State.WAITING);

    dispatch.pause();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(metrics.total(Term.RECEIVED, SOURCE)).isEqualTo(1);
    assertThat(returned).isEmpty();
    batch.commit();
  }

  private boolean receives(String id) {
    try {
      return dispatch.receive(new Line(id));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitRoom(CountDownLatch room) {
    try {
      if (dispatch.awaitRoom()) {
        room.countDown();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(String... ids) throws InterruptedException {
    List<Line> lines = List.of(ids).stream().map(Line::new).toList();
    dispatch.received(lines);
    for (Line line : lines) {
      assertThat(dispatch.add(line)).isTrue();
    }
  }

  private long nextSequence() {
    if (exhausted.get()) {
      throw new StackOverflowError("a test");
    }
    return sequence.incrementAndGet();
  }

  private Dispatch<Line> dispatch(long maxBytes) {
    Clock clock = Clock.systemUTC();
    return new Dispatch<>(
        new DispatchSettings(
            SOURCE, 2, Duration.ofMillis(50), 1, 4, maxBytes, 3, Duration.ofSeconds(10)),
        new SourceParts(
            route,
            (source, delivery) -> false,
            new ReleasedClaims(),
            metrics,
            new SourceStatus(SOURCE, clock),
            this::nextSequence,
            clock),
        new Lines(),
        new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
        () -> true);
  }

  private record Line(String id) implements Delivery {
    @Override
    public Instant sentAt() {
      return Instant.EPOCH;
    }

    @Override
    public List<SourceRecord> records() {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      return List.of(new SourceRecord(SOURCE, id + "#0", bytes, Instant.EPOCH, 1));
    }
  }

  private final class Lines implements Origin<Line> {
    @Override
    public void acknowledge(Batch batch, List<Line> lines, IntConsumer done) {
      if (refuses.get()) {
        done.accept(lines.size());
        return;
      }
      lines.forEach(line -> acknowledged.add(line.id()));
      done.accept(0);
    }

    @Override
    public void giveBack(List<Line> lines) {
      lines.forEach(line -> returned.add(line.id()));
    }
  }
}
