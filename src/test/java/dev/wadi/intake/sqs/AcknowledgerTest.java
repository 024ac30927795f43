package dev.wadi.intake.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

@Tag("unit")
class AcknowledgerTest {

  private RuntimeException failure = SdkClientException.create("connection refused");
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final HeldMessage message = message();
  private final Batch batch = new Batch("sqs:events", 1, List.of(record()), List.of(message.id()));
  private final Acknowledger acknowledger =
      new Acknowledger(
          SqsQueue.find(unreachable(), "events"),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
          threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void endsTheBatchThoughTheClientIsClosed() throws Exception {
    failure = new IllegalStateException("Connection pool shut down");
    givesUpInTheEndAndTellsHowManyItCouldNotDelete();
  }

  @Test
  void givesUpInTheEndAndTellsHowManyItCouldNotDelete() throws Exception {
    batch.account().put(batch.records().get(0), new Outcome.Filtered("test"));
    batch.account().close();
    CompletableFuture<Integer> undeleted = new CompletableFuture<>();

    acknowledger.acknowledge(batch, List.of(message), undeleted::complete);

    assertThat(undeleted.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(calls).hasValue(8);
  }

  @Test
  void refusesToDeleteForAnAccountThatIsNotClosed() {
    assertThatThrownBy(() -> acknowledger.acknowledge(batch, List.of(message), undeleted -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("batch 1 of sqs:events");
    assertThat(calls).hasValue(0);
  }

  private ForwardingSqsClient unreachable() {
    return new ForwardingSqsClient(null) {
      @Override
      public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return GetQueueUrlResponse.builder().queueUrl("http://queue/events").build();
      }

      @Override
      public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        calls.incrementAndGet();
        throw failure;
      }
    };
  }

  private static HeldMessage message() {
    return new HeldMessage("m", new HeldMessage.Receipt("receipt", Instant.EPOCH, Instant.EPOCH));
  }

  private static SourceRecord record() {
    return new SourceRecord("sqs:events", "m#0", new byte[0], Instant.EPOCH, 1);
  }
}
