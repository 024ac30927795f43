package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/** What no queue shows in a test's time: SQS's limit of twelve hours, and how often is asked. */
@Tag("unit")
class VisibilityExtenderTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refused = new ArrayList<>();
  private final HeldMessages held = new HeldMessages();
  private final SqsQueue queue = SqsQueue.find(recording(), "events");

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void extendsInTensWhatHasBeenHiddenForAThird() {
    for (int i = 0; i < 23; i++) {
      hold("m" + i, START);
    }
    look(Duration.ofSeconds(15));
    assertThat(calls).isEmpty();

    look(Duration.ofSeconds(25));
    assertThat(calls).containsExactlyInAnyOrder("10 for 60 s", "10 for 60 s", "3 for 60 s");

    calls.clear();
    look(Duration.ofSeconds(40));
    assertThat(calls).as("15 s later").isEmpty();
    look(Duration.ofSeconds(50));
    assertThat(calls).hasSize(3);
  }

  @Test
  void extendsNothingThatIsNotHeldAnyMore() {
    HeldMessage message = hold("m", START);
    held.letGo(List.of(message));

    look(Duration.ofSeconds(25));
    assertThat(calls).isEmpty();
  }

  @Test
  void extendsToTwelveHoursAfterReceiptOnceAndThenLetsItGoBack() {
    hold("m", START);

    look(Duration.ofHours(12).minusSeconds(20));
    assertThat(calls).containsExactly("1 for 20 s");
    look(Duration.ofHours(12).minusSeconds(10));
    look(Duration.ofHours(12).plusSeconds(10));
    assertThat(calls).hasSize(1);
  }

  @Test
  void countsTheTwelveHoursFromTheNewestDelivery() {
    HeldMessage message = hold("m", START);
    Instant again = START.plus(Duration.ofHours(12));
    message.deliveredAgain(new HeldMessage.Receipt("newer", again, again.plus(VISIBILITY)));

    look(Duration.ofHours(12).plusSeconds(25));
    assertThat(calls).containsExactly("1 for 60 s");
  }

  @Test
  void saysNothingOfAMessageThatWasDeletedMeanwhile() {
    HeldMessage message = hold("m", START);
    refused.add("ReceiptHandleIsInvalid");
    try (LogOf log = new LogOf(VisibilityExtender.class)) {
      message.deleting();
      look(Duration.ofSeconds(25));
      assertThat(calls).hasSize(1);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void tellsOfAMessageThatCouldNotBeExtended() {
    hold("m", START);
    refused.add("InternalError");
    try (LogOf log = new LogOf(VisibilityExtender.class)) {
      look(Duration.ofSeconds(25));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("message m of http://queue/events not extended", "InternalError");
    }
  }

  private HeldMessage hold(String id, Instant receivedAt) {
    HeldMessage message =
        new HeldMessage(
            id, new HeldMessage.Receipt("receipt " + id, receivedAt, receivedAt.plus(VISIBILITY)));
    held.hold(message);
    return message;
  }

  private void look(Duration afterStart) {
    Clock clock = Clock.fixed(START.plus(afterStart), ZoneOffset.UTC);
    new VisibilityExtender(queue, held, VISIBILITY, clock, threads).run();
  }

  private SqsClient recording() {
    return new ForwardingSqsClient(null) {
      @Override
      public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return GetQueueUrlResponse.builder().queueUrl("http://queue/events").build();
      }

      @Override
      public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
          ChangeMessageVisibilityBatchRequest request) {
        calls.add(
            request.entries().size()
                + " for "
                + request.entries().get(0).visibilityTimeout()
                + " s");
        return ChangeMessageVisibilityBatchResponse.builder()
            .failed(
                refused.stream()
                    .map(code -> BatchResultErrorEntry.builder().id("0").code(code).build())
                    .toList())
            .build();
      }
    };
  }
}
