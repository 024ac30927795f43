package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class GatheringTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger held = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void neverCutsAMessageInTwo() throws Exception {
    Gathering<TestDelivery> gathering = gathering(5, LONG, 3);
    Future<List<TestDelivery>> batch = threads.submit(gathering::next);
    gathering.add(message("a", 3));
    gathering.add(message("b", 4));

    assertThat(ids(batch.get())).containsExactly("a");
    assertThat(ids(gathering.end())).containsExactly("b");
  }

  @Test
  void makesABatchOfAMessageThatIsLargerThanABatch() throws Exception {
    Gathering<TestDelivery> gathering = gathering(5, LONG, 3);
    Future<List<TestDelivery>> batch = threads.submit(gathering::next);
    gathering.add(message("large", 9));

    assertThat(ids(batch.get())).containsExactly("large");
  }

  @Test
  void makesABatchOfWhatIsThereWhenItsTimeIsUp() throws Exception {
    Gathering<TestDelivery> gathering = gathering(5, Duration.ofMillis(50), 3);
    Future<List<TestDelivery>> batch = threads.submit(gathering::next);
    gathering.add(message("a", 1));

    assertThat(ids(batch.get())).containsExactly("a");
  }

  @Test
  void makesReceiversWaitWhileTheBatchAtHandIsFull() throws Exception {
    Gathering<TestDelivery> gathering = gathering(2, LONG, 1);
    gathering.add(message("a", 2));
    Future<Boolean> added = threads.submit(() -> gathering.add(message("b", 2)));
    Future<Boolean> room = threads.submit(gathering::awaitRoom);
    waits(added);
    waits(room);

    assertThat(ids(gathering.next())).containsExactly("a");
    assertThat(added.get()).isTrue();
    waits(room);
  }

  @Test
  void makesReceiversWaitUntilABatchHasAPermit() throws Exception {
    Gathering<TestDelivery> gathering = gathering(1, LONG, 1);
    gathering.add(message("a", 1));
    gathering.next();
    Future<List<TestDelivery>> next = threads.submit(gathering::next);
    Future<Boolean> room = threads.submit(gathering::awaitRoom);
    waits(room);

    gathering.release(false);
    assertThat(room.get()).isTrue();
    waits(next);
  }

  @Test
  void makesReceiversWaitNearTheLimitOfHiddenMessages() throws Exception {
    Gathering<TestDelivery> gathering = gathering(5, LONG, 2);
    gathering.add(message("a", 5));
    gathering.next();
    threads.submit(gathering::next);
    held.set(101);
    Future<Boolean> room = threads.submit(gathering::awaitRoom);
    waits(room);

    held.set(100);
    gathering.release(false);
    assertThat(room.get()).isTrue();
  }

  @Test
  void makesReceiversWaitAfterAFailureAndCountsThoseOfOneOutageOnce() throws Exception {
    Gathering<TestDelivery> gathering = gathering(5, LONG, 2);
    threads.submit(gathering::next);
    ConsecutiveFailures failures =
        new ConsecutiveFailures(new Backoff(Duration.ofSeconds(2), LONG));

    gathering.holdOff(failures);
    gathering.holdOff(failures);
    assertThat(failures.failed()).as("the wait after the second outage").hasSeconds(4);
    assertThat(threads.submit(gathering::awaitRoom).get()).isTrue();
  }

  @Test
  void answersWhatIsLeftWhenItEndsAndTakesNothingAnyMore() throws Exception {
    Gathering<TestDelivery> gathering = gathering(2, LONG, 1);
    gathering.add(message("a", 2));
    Future<Boolean> waiting = threads.submit(() -> gathering.add(message("b", 1)));
    waits(waiting);

    assertThat(ids(gathering.end())).containsExactly("a");
    assertThat(waiting.get()).isFalse();
    assertThat(gathering.add(message("c", 1))).isFalse();
    assertThat(gathering.awaitRoom()).isFalse();
    assertThat(gathering.next()).isEmpty();
    gathering.resume();
    assertThat(gathering.add(message("d", 1))).isFalse();
  }

  private Gathering<TestDelivery> gathering(int maxEvents, Duration maxWait, int permits) {
    return new Gathering<>(
        new DispatchSettings(
            "sqs:events", maxEvents, maxWait, 1, permits, Long.MAX_VALUE, 3, Duration.ZERO),
        () -> true,
        () -> held.get() <= 100);
  }

  private static void waits(Future<?> future) {
    await()
        .during(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(10))
        .until((Callable<Boolean>) () -> !future.isDone());
  }

  private static TestDelivery message(String id, int events) {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      records.add(new SourceRecord("sqs:events", id + "#" + i, new byte[0], Instant.EPOCH, 1));
    }
    return new TestDelivery(id, Instant.EPOCH, records);
  }

  private static List<String> ids(List<TestDelivery> messages) {
    return messages.stream().map(TestDelivery::id).toList();
  }

  private record TestDelivery(String id, Instant sentAt, List<SourceRecord> records)
      implements Delivery {}
}
