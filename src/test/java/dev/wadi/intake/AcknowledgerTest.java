package dev.wadi.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.Batch;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
  private final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  private final AtomicInteger calls = new AtomicInteger();
  private final HeldMessage message = message();
  private final Batch batch = new Batch("sqs:events", 1, message.records(), List.of(message.id()));
  private final Acknowledger acknowledger =
      new Acknowledger(
          SqsQueue.find(unreachable(), "events"),
          new SourceCounts(metrics, "sqs:events", new HeldMessages(), Clock.systemUTC()),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
          threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void endsTheBatchThoughTheClientIsClosed() throws Exception {
    failure = new IllegalStateException("Connection pool shut down");
    givesUpInTheEndAndCountsWhatItCouldNotDelete();
  }

  @Test
  void givesUpInTheEndAndCountsWhatItCouldNotDelete() throws Exception {
    batch.account().put(batch.records().get(0), new Outcome.Filtered("test"));
    batch.account().close();
    CountDownLatch done = new CountDownLatch(1);

    acknowledger.acknowledge(batch, List.of(message), done::countDown);

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(calls).hasValue(8);
    assertThat(metrics.registry().get("wadi.source.undeleted").counter().count()).isEqualTo(1);
  }

  @Test
  void refusesToDeleteForAnAccountThatIsNotClosed() {
    assertThatThrownBy(() -> acknowledger.acknowledge(batch, List.of(message), () -> {}))
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
    return new HeldMessage(
        "m",
        Instant.EPOCH,
        List.of(new SourceRecord("sqs:events", "m#0", new byte[0], Instant.EPOCH, 1)),
        new HeldMessage.Receipt("receipt", Instant.EPOCH, Instant.EPOCH));
  }
}
