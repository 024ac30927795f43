package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.SourceRecord;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.ops.Metrics.Term;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

@Tag("integration")
class SqsSourceTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir static Path folder;
  private static EmbeddedQueue server;
  private static SqsClient client;
  private TestQueue queue;

  @BeforeAll
  static void open() {
    server = EmbeddedQueue.open(folder.resolve("queue.sqlite"), 0, List.of(), () -> {});
    client = TestQueue.client(server.endpoint());
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
  }

  @BeforeEach
  void makeAQueue(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    queue = new TestQueue(client, name.length() > 80 ? name.substring(0, 80) : name);
  }

  @Test
  void handsOverSingleEventsAndArraysAsOneBatch() throws Exception {
    queue.send("{\"a\":1}", "[{\"a\":2}, {\"a\" : 3}]", "[]", "[{\"a\":4},");
    SqsSettings settings = SourceFixture.settings(queue, 6, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();

      assertThat(parked.bodies())
          .containsExactlyInAnyOrder(
              "{\"a\":1}", "{\"a\":2}", "{\"a\" : 3}", "[]", "{\"a\":4}", ",");
      assertThat(parked.batch().source()).isEqualTo("sqs:" + queue.name());
      assertThat(parked.batch().deliveries()).hasSize(4);
      assertThat(parked.batch().records())
          .allSatisfy(record -> assertThat(record.attempts()).isEqualTo(1))
          .extracting(SourceRecord::position)
          .allMatch(position -> parked.batch().deliveries().contains(position.split("#")[0]))
          .doesNotHaveDuplicates();
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(6);
      assertThat(fixture.metrics.inFlight()).isEqualTo(6);
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void cutsABatchAtItsLargestSize() throws Exception {
    queue.sendEvents(25);
    SqsSettings settings = SourceFixture.settings(queue, 10, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked first = fixture.route.next();
      Parked second = fixture.route.next();

      assertThat(first.batch().size()).isEqualTo(10);
      assertThat(second.batch().size()).isEqualTo(10);
      assertThat(List.of(first.batch().sequence(), second.batch().sequence()))
          .containsExactlyInAnyOrder(1L, 2L);
      first.commit();
      second.commit();
    }
    await("what was not handed over").until(() -> queue.visible() == 5);
  }

  @Test
  void deletesNothingBeforeTheAccountIsClosed() throws Exception {
    queue.sendEvents(12);
    AtomicInteger deletions = new AtomicInteger();
    SqsClient counting =
        new ForwardingSqsClient(client) {
          @Override
          public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
            deletions.incrementAndGet();
            return super.deleteMessageBatch(request);
          }
        };
    SqsSettings settings = SourceFixture.settings(queue, 12, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(counting, settings).start()) {
      Parked parked = fixture.route.next();
      assertThat(deletions).hasValue(0);
      assertThat(queue.hidden()).isEqualTo(12);

      parked.commit();
      await().until(() -> queue.size() == 0);
      assertThat(deletions).hasValue(2);
      assertThat(fixture.metrics.inFlight()).isZero();
      assertThat(fixture.claims.released).isEmpty();
    }
  }

  @Test
  void handsABatchOverAgainWhoseRouteEndsInAnError() throws Exception {
    queue.sendEvents(3);
    SqsSettings settings = SourceFixture.settings(queue, 3, LONG, LONG, 1);
    try (SourceFixture fixture = new SourceFixture(client, settings)) {
      fixture.route.error = new StackOverflowError("in a step");
      fixture.start();

      Parked again = fixture.route.next();
      assertThat(again.bodies()).hasSize(3);
      assertThat(fixture.status.holdingSince()).as("until it has landed").isPresent();
      assertThat(again.batch().isAlone()).as("it may fail what it is together with").isTrue();
      again.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void handsABatchOverAgainThatEndsWellWithoutAClosedAccount() throws Exception {
    queue.sendEvents(3);
    SqsSettings settings = SourceFixture.settings(queue, 3, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();
      parked.end();
      Parked again = fixture.route.next();

      assertThat(fixture.claims.released)
          .as("released before they were handed over again")
          .containsExactly(parked.batch());
      assertThat(parked.batch().isGivenUp()).isTrue();
      assertThat(again.batch()).isNotSameAs(parked.batch());
      assertThat(again.batch().deliveries()).isEqualTo(parked.batch().deliveries());
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(3);
      assertThat(fixture.total(Term.RETURNED)).isZero();
      assertThat(fixture.metrics.inFlight()).isEqualTo(3);
      again.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void acknowledgesAClosedAccountThoughTheExchangeFailedAfterwards() throws Exception {
    queue.sendEvents(1);
    try (SourceFixture fixture = new SourceFixture(client, SourceFixture.settings(queue)).start()) {
      Parked parked = fixture.route.next();
      parked
          .batch()
          .forEach(
              record ->
                  parked
                      .batch()
                      .account()
                      .put(record, new dev.wadi.event.Outcome.Filtered("test")));
      parked.batch().account().close();
      parked.fail("a user's last step");

      await().until(() -> queue.size() == 0);
      assertThat(fixture.total(Term.RETURNED)).isZero();
    }
  }

  /** The stock consumer extends only the message at work: 5 of 6 were processed twice. */
  @Test
  void keepsEveryMessageOfAParkedBatchHidden() throws Exception {
    queue.sendEvents(25);
    SqsSettings settings = SourceFixture.settings(queue, 25, LONG, Duration.ofSeconds(5), 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();

      await()
          .during(Duration.ofSeconds(12))
          .atMost(Duration.ofSeconds(90))
          .until(() -> queue.receive().isEmpty() && fixture.route.isEmpty());
      assertThat(queue.hidden()).isEqualTo(25);
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void extendsAgainAfterAnExtensionFailed() throws Exception {
    queue.sendEvents(5);
    AtomicInteger failures = new AtomicInteger();
    SqsClient faulty =
        new ForwardingSqsClient(client) {
          @Override
          public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
              ChangeMessageVisibilityBatchRequest request) {
            // two of three calls fail, so that only trying again keeps the messages hidden
            if (failures.incrementAndGet() % 3 != 0) {
              throw SdkClientException.create("connection reset");
            }
            return super.changeMessageVisibilityBatch(request);
          }
        };
    SqsSettings settings = SourceFixture.settings(queue, 5, LONG, Duration.ofSeconds(5), 32);
    try (SourceFixture fixture = new SourceFixture(faulty, settings).start()) {
      Parked parked = fixture.route.next();
      await()
          .during(Duration.ofSeconds(12))
          .atMost(Duration.ofSeconds(90))
          .until(() -> queue.receive().isEmpty());
      assertThat(failures).hasValueGreaterThan(3);
      parked.commit();
    }
  }

  @Test
  void deletesWhatAnEarlierCommitAccountsForWithoutReceivingIt() throws Exception {
    List<String> known = queue.send("{\"known\":1}", "{\"known\":2}");
    queue.send("{\"new\":1}");
    SqsSettings settings = SourceFixture.settings(queue, 1, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings)) {
      fixture.committed.addAll(known);
      fixture.start();

      Parked parked = fixture.route.next();
      await().until(() -> queue.size() == 1);
      await().until(() -> fixture.total(Term.REDELIVERED) == 2);
      assertThat(parked.bodies()).containsExactly("{\"new\":1}");
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(1);
      assertThat(fixture.source.held()).isEqualTo(1);
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void receivesAMessageOnceThatTheQueueDeliversAgainWhileItIsHeld() throws Exception {
    queue.sendEvents(1);
    SqsClient neverExtending =
        new ForwardingSqsClient(client) {
          @Override
          public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
              ChangeMessageVisibilityBatchRequest request) {
            throw SdkClientException.create("connection reset");
          }
        };
    AtomicInteger deliveries = new AtomicInteger();
    SqsClient counting =
        new ForwardingSqsClient(neverExtending) {
          @Override
          public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            ReceiveMessageResponse response = super.receiveMessage(request);
            deliveries.addAndGet(response.messages().size());
            return response;
          }
        };
    SqsSettings settings =
        SourceFixture.settings(queue, 1, Duration.ZERO, Duration.ofSeconds(1), 32);
    try (SourceFixture fixture = new SourceFixture(counting, settings).start()) {
      Parked parked = fixture.route.next();
      await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.get() >= 3);

      assertThat(fixture.route.isEmpty()).isTrue();
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(1);
      parked.commit();
      await().until(() -> queue.size() == 0);
    }
  }

  @Test
  void deletesAgainWhatADeletionLeftBehind() throws Exception {
    queue.sendEvents(15);
    AtomicInteger calls = new AtomicInteger();
    SqsClient faulty =
        new ForwardingSqsClient(client) {
          @Override
          public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
            return switch (calls.incrementAndGet()) {
              case 1 -> leavingTwo(request);
              case 2 -> throw SdkClientException.create("connection reset");
              default -> super.deleteMessageBatch(request);
            };
          }

          private DeleteMessageBatchResponse leavingTwo(DeleteMessageBatchRequest request) {
            DeleteMessageBatchResponse response =
                super.deleteMessageBatch(
                    request.toBuilder().entries(request.entries().subList(2, 10)).build());
            List<BatchResultErrorEntry> failed =
                request.entries().subList(0, 2).stream()
                    .map(entry -> BatchResultErrorEntry.builder().id(entry.id()).build())
                    .toList();
            return response.toBuilder().failed(failed).build();
          }
        };
    SqsSettings settings = SourceFixture.settings(queue, 15, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(faulty, settings).start()) {
      fixture.route.next().commit();

      await().until(() -> queue.size() == 0);
      await().until(() -> fixture.source.held() == 0);
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void receivesNothingWhileNoPermitIsFree() throws Exception {
    queue.sendEvents(40);
    AtomicInteger received = new AtomicInteger();
    SqsClient counting =
        new ForwardingSqsClient(client) {
          @Override
          public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            ReceiveMessageResponse response = super.receiveMessage(request);
            received.addAndGet(response.messages().size());
            return response;
          }
        };
    SqsSettings settings = SourceFixture.settings(queue, 1, Duration.ZERO, LONG, 1);
    try (SourceFixture fixture = new SourceFixture(counting, settings).start()) {
      Parked parked = fixture.route.next();
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> fixture.route.isEmpty() && received.get() <= 20);

      for (int i = 1; i < 40; i++) {
        parked.commit();
        parked = fixture.route.next();
      }
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void goesOnReceivingAfterTheQueueWasOutOfReach() throws Exception {
    queue.sendEvents(1);
    AtomicBoolean down = new AtomicBoolean(true);
    SqsClient faulty =
        new ForwardingSqsClient(client) {
          @Override
          public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
            if (down.get()) {
              throw SdkClientException.create("connection refused");
            }
            return super.receiveMessage(request);
          }
        };
    try (SourceFixture fixture = new SourceFixture(faulty, SourceFixture.settings(queue)).start()) {
      await().until(() -> fixture.status.failingSince().isPresent());
      assertThat(fixture.status.lastError()).contains("connection refused");
      assertThat(fixture.status.lastSuccess()).isEmpty();

      down.set(false);
      fixture.route.next().commit();
      await().until(() -> fixture.status.failingSince().isEmpty());
      assertThat(fixture.status.lastSuccess()).isPresent();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void givesBackWhatItCannotTellFromWhatIsCommitted() throws Exception {
    queue.sendEvents(2);
    AtomicBoolean down = new AtomicBoolean(true);
    SourceFixture fixture =
        new SourceFixture(
            client,
            SourceFixture.settings(queue),
            (source, delivery) -> {
              if (down.get()) {
                throw new IllegalStateException("the index is unreadable");
              }
              return false;
            });
    try (fixture) {
      fixture.start();
      await().until(() -> fixture.status.lastError().isPresent());
      assertThat(fixture.total(Term.RECEIVED)).isZero();

      down.set(false);
      Parked parked = fixture.route.next();
      parked.commit();
      if (parked.batch().size() < 2) {
        fixture.route.next().commit();
      }
      await().until(() -> queue.size() == 0);
    }
  }

  @Test
  void givesBackAtOnceWhatWasNotHandedOverWhenItStops() throws Exception {
    queue.sendEvents(7);
    SqsSettings settings = SourceFixture.settings(queue, 100, LONG, LONG, 32);
    SourceFixture fixture = new SourceFixture(client, settings).start();
    await().until(() -> fixture.source.held() == 7);

    fixture.close();

    await().until(() -> queue.visible() == 7);
    assertThat(fixture.total(Term.RETURNED)).isEqualTo(7);
    assertThat(fixture.metrics.inFlight()).isZero();
    assertThat(fixture.route.isEmpty()).isTrue();
  }

  @Test
  void letsHeldBatchesEndWhenItStops() throws Exception {
    queue.sendEvents(2);
    SqsSettings settings = SourceFixture.settings(queue, 2, LONG, LONG, 32);
    SourceFixture fixture = new SourceFixture(client, settings).start();
    Parked parked = fixture.route.next();

    CompletableFuture<Void> stop = CompletableFuture.runAsync(fixture::close);
    await().during(Duration.ofMillis(500)).until(() -> !stop.isDone());
    parked.commit();
    stop.get();

    assertThat(queue.size()).isZero();
  }

  @Test
  void stopsThoughABatchNeverEndsAndStillSettlesItLater() throws Exception {
    queue.sendEvents(1);
    SqsSettings impatient =
        new SqsSettings(
            queue.name(),
            1,
            Duration.ZERO,
            1,
            LONG,
            1,
            Long.MAX_VALUE,
            SourceFixture.RULES,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(100));
    SourceFixture fixture = new SourceFixture(client, impatient).start();
    Parked parked = fixture.route.next();

    fixture.close();
    assertThat(queue.hidden()).isEqualTo(1);
    parked.commit();

    await().until(() -> queue.size() == 0);
  }

  @Test
  void handsOverNothingWhilePausedAndGoesOnWhenResumed() throws Exception {
    queue.sendEvents(3);
    SqsSettings settings = SourceFixture.settings(queue, 5, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      await().until(() -> fixture.source.held() == 3);
      fixture.source.pause();

      await().until(() -> queue.visible() == 3);
      assertThat(fixture.metrics.inFlight()).isZero();
      queue.sendEvents(2);
      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(10))
          .until(() -> fixture.route.isEmpty() && fixture.metrics.inFlight() == 0);

      fixture.source.resume();
      fixture.route.next().commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void lagsByTheOldestMessageThatItHoldsOrHasGivenBack() throws Exception {
    queue.sendEvents(1);
    SqsSettings settings = SourceFixture.settings(queue, 1, LONG, LONG, 32);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      assertThat(fixture.lag()).isBetween(0.0, 60.0);
      Parked parked = fixture.route.next();
      await().until(() -> fixture.lag() > 0.2);
      parked.fail("down");
      await().until(() -> fixture.lag() > 0.4);
      fixture.route.next().commit();
      await().until(() -> fixture.lag() == 0);
    }
  }
}
