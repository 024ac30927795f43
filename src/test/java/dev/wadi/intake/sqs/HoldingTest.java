package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.event.Batch;
import dev.wadi.event.Isolation;
import dev.wadi.intake.ParkingRoute.Parked;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.ops.Metrics.Term;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a source does with batches that fail: hold them, part them, isolate what is at fault. */
@Tag("integration")
class HoldingTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final IllegalStateException BUG = new IllegalStateException("a bug");

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
  void holdsAGoodBatchThroughALongOutageWithoutAnotherDelivery() throws Exception {
    queue.sendEvents(3);
    // shorter than the outage, so that the messages would show if they weren't extended
    // and with one permit, so that nobody waits in the queue when they are given back
    SqsSettings settings = SourceFixture.settings(queue, 3, LONG, Duration.ofSeconds(6), 1);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Parked parked = fixture.route.next();
      await().during(Duration.ofSeconds(7)).until(() -> queue.visible() == 0);
      List<String> deliveries = parked.batch().deliveries();
      for (int failures = 0; failures < 3; failures++) {
        assertThat(queue.visible()).isZero();
        parked.failByOutage();
        parked = fixture.route.next();
        assertThat(parked.batch().deliveries()).isEqualTo(deliveries);
        assertThat(parked.batch().isAlone()).isFalse();
      }
      assertThat(fixture.status.holdingReason().orElseThrow()).contains("landing");
      assertThat(parked.batch()).allSatisfy(r -> assertThat(r.attempts()).isEqualTo(1));
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(3);

      fixture.source.pause();
      parked.failByOutage();
      await().until(() -> queue.visible() == 3);
      assertThat(queue.deliveries()).as("with the one that asks").containsExactly(2, 2, 2);
    }
  }

  @Test
  void recoversWhenTheOutageIsOver() throws Exception {
    queue.sendEvents(1);
    SqsSettings settings = SourceFixture.settings(queue, 1, LONG, LONG, 2);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      fixture.route.next().failByOutage();
      await().until(() -> fixture.status.holdingSince().isPresent());
      fixture.route.next().commit();
      assertThat(fixture.status.holdingSince()).isEmpty();
      assertThat(fixture.status.holdingReason()).isEmpty();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void givesBackWhatItHoldsWhenItStopsDuringAnOutage() throws Exception {
    queue.sendEvents(2);
    SqsSettings settings = SourceFixture.settings(queue, 2, LONG, LONG, 2);
    SourceFixture fixture = new SourceFixture(client, settings).start();
    Parked parked = fixture.route.next();
    parked.failByOutage();
    await().until(() -> fixture.status.holdingSince().isPresent());

    fixture.close();

    await().until(() -> queue.visible() == 2);
    assertThat(fixture.total(Term.RETURNED)).isEqualTo(2);
    assertThat(fixture.metrics.inFlight()).isZero();
  }

  @Test
  void partsABatchSoThatTheNeighboursOfABadMessageLandAndIsolatesIt() throws Exception {
    queue.sendEvents(7);
    queue.send("{\"poison\":1}");
    List<Batch> isolated = new CopyOnWriteArrayList<>();
    SqsSettings settings = SourceFixture.settings(queue, 8, LONG, LONG, 1);
    try (SourceFixture fixture = new SourceFixture(client, settings)) {
      fixture.route.judge =
          batch -> {
            if (batch.batch().isIsolated()) {
              isolated.add(batch.batch());
              return null;
            }
            return batch.bodies().contains("{\"poison\":1}") ? BUG : null;
          };
      fixture.start();

      await().atMost(PATIENCE).until(() -> queue.size() == 0);
      assertThat(isolated).hasSize(1);
      assertThat(isolated.get(0).records()).hasSize(1);
      Isolation why = isolated.get(0).isolation();
      assertThat(why.reason()).isEqualTo("batch_failed");
      assertThat(why.message()).contains("4 times").contains("a bug");
      assertThat(fixture.total(Term.RECEIVED)).isEqualTo(8);
      assertThat(fixture.total(Term.RETURNED)).isZero();
      await().until(() -> fixture.source.held() == 0);
      assertThat(
              fixture
                  .metrics
                  .registry()
                  .get("wadi.messages.isolated")
                  .tag("reason", "batch_failed")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void isolatesNothingWhileNothingLandsSinceTheRouteMayBeAtFault() throws Exception {
    queue.sendEvents(1);
    AtomicBoolean mended = new AtomicBoolean();
    AtomicInteger failures = new AtomicInteger();
    List<Batch> isolated = new CopyOnWriteArrayList<>();
    SqsSettings settings = SourceFixture.settings(queue, 1, LONG, LONG, 4);
    try (SourceFixture fixture = new SourceFixture(client, settings)) {
      fixture.route.judge =
          batch -> {
            if (batch.batch().isIsolated()) {
              isolated.add(batch.batch());
            }
            return mended.get() || failures.incrementAndGet() < 0 ? null : BUG;
          };
      fixture.start();
      await().atMost(PATIENCE).until(() -> failures.get() >= 4);
      assertThat(queue.hidden()).isEqualTo(1);

      mended.set(true);
      await().atMost(PATIENCE).until(() -> queue.size() == 0);
      assertThat(isolated).isEmpty();
    }
  }

  @Test
  void triesAnIsolatedMessageAgainForAsLongAsTheDeadLetterQueueIsDown() throws Exception {
    queue.send("{\"poison\":1}");
    queue.deliver(11);
    AtomicInteger outages = new AtomicInteger(2);
    SqsSettings settings = SourceFixture.settings(queue, 8, Duration.ZERO, LONG, 1);
    try (SourceFixture fixture = new SourceFixture(client, settings)) {
      fixture.route.judge =
          batch ->
              outages.getAndDecrement() > 0
                  ? software.amazon.awssdk.core.exception.SdkClientException.create("down")
                  : null;
      fixture.start();
      await().atMost(PATIENCE).until(() -> queue.size() == 0);
      assertThat(outages).hasNegativeValue();
    }
  }

  @Test
  void letsMessagesTravelAloneOneAtATimeThatWereDeliveredOften() throws Exception {
    queue.send("{\"a\":1}", "{\"a\":2}");
    queue.deliver(4);
    queue.send("{\"new\":1}", "{\"new\":2}");
    SqsSettings settings = SourceFixture.settings(queue, 4, Duration.ofSeconds(1), LONG, 8);
    try (SourceFixture fixture = new SourceFixture(client, settings).start()) {
      Map<String, Parked> parked = new ConcurrentHashMap<>();
      for (int batches = 0; batches < 2; batches++) {
        Parked next = fixture.route.next();
        parked.put(next.batch().isAlone() ? "alone" : "others", next);
      }
      assertThat(parked.get("alone").bodies()).hasSize(1);
      assertThat(parked.get("alone").batch().records().get(0).attempts()).isEqualTo(5);
      assertThat(parked.get("others").bodies())
          .containsExactlyInAnyOrder("{\"new\":1}", "{\"new\":2}");
      await()
          .during(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(10))
          .until(fixture.route::isEmpty);

      parked.get("alone").commit();
      Parked second = fixture.route.next();
      assertThat(second.bodies()).hasSize(1).isNotEqualTo(parked.get("alone").bodies());
      second.commit();
      parked.get("others").commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void isolatesUnreadWhatWasDeliveredTooOften() throws Exception {
    String body = "[{\"a\":1},{\"a\":2}]";
    queue.send(body);
    queue.deliver(10);
    try (SourceFixture fixture = new SourceFixture(client, SourceFixture.settings(queue)).start()) {
      Parked parked = fixture.route.next();
      assertThat(parked.bodies()).containsExactly(body);
      assertThat(parked.batch().isolation()).isEqualTo(Isolation.RECEIVED);
      assertThat(parked.batch().records().get(0).attempts()).isEqualTo(11);
      parked.commit();
    }
    assertThat(queue.size()).isZero();
  }

  @Test
  void countsTheTimeSinceItWasPausedWhenItStops() throws Exception {
    queue.sendEvents(1);
    SqsSettings settings = SourceFixture.settings(queue, 1, LONG, LONG, 1);
    SqsSettings patient =
        new SqsSettings(
            settings.queue(),
            settings.maxEvents(),
            settings.maxWait(),
            settings.receivers(),
            settings.visibility(),
            settings.permits(),
            settings.maxBytes(),
            settings.isolation(),
            settings.redeliveryDelay(),
            settings.receiveWait(),
            Duration.ofSeconds(6));
    SourceFixture fixture = new SourceFixture(client, patient).start();
    Parked parked = fixture.route.next();
    fixture.source.pause();
    await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> true);
    long began = System.nanoTime();
    fixture.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("what is left of the time, and not all of it once more")
        .isLessThan(Duration.ofSeconds(5));
    parked.commit();
  }

  @Test
  void knowsAfterHowManyDeliveriesTheQueueItselfMovesAMessage() {
    assertThat(SqsQueue.find(client, queue.name()).maxReceiveCount()).isEmpty();
    String url = client.getQueueUrl(get -> get.queueName(queue.name())).queueUrl();
    client.setQueueAttributes(
        set ->
            set.queueUrl(url)
                .attributes(
                    Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:"
                            + queue.name()
                            + "\",\"maxReceiveCount\":\"7\"}")));
    assertThat(SqsQueue.find(client, queue.name()).maxReceiveCount()).hasValue(7);
  }

  @Test
  void receivesNothingMoreWhileItHoldsTooManyBytes() throws Exception {
    for (int i = 0; i < 40; i++) {
      queue.send("{\"large\":\"" + "x".repeat(1000) + "\"}");
    }
    SqsSettings small =
        new SqsSettings(
            queue.name(),
            10,
            Duration.ZERO,
            1,
            LONG,
            100,
            5_000,
            SourceFixture.RULES,
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(20));
    try (SourceFixture fixture = new SourceFixture(client, small).start()) {
      await()
          .during(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> fixture.source.held() >= 5 && fixture.source.held() <= 14);
      fixture.route.judge = batch -> null;
      while (!fixture.route.isEmpty()) {
        fixture.route.next().commit();
      }
      await().atMost(PATIENCE).until(() -> queue.size() == 0);
    }
  }
}
