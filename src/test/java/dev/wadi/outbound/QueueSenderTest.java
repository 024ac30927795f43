package dev.wadi.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.outbound.QueueMessages.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

@Tag("unit")
class QueueSenderTest {

  private final NotedRefusals refused = new NotedRefusals();
  private final List<List<SendMessageBatchRequestEntry>> calls = new ArrayList<>();

  /** What fails of each call, by the id and the code; null for an answer that never comes. */
  private Function<List<SendMessageBatchRequestEntry>, List<BatchResultErrorEntry>> failing =
      entries -> List.of();

  @Test
  void sendsWhatFailedOfACallAgainAndNothingElse() throws Exception {
    failing = entries -> calls.size() == 1 ? List.of(error("1", "InternalError")) : List.of();
    sender("out").send(entries("a", "b", "c"), NotedRefusals.ORIGIN);
    assertThat(calls.get(0)).extracting(this::key).containsExactly("a", "b", "c");
    assertThat(calls.get(1)).extracting(this::key).containsExactly("b");
    assertThat(calls).hasSize(2);
    assertThat(refused.reasons).isEmpty();
  }

  @Test
  void failsIfOneIsRefusedAgainAndAgain() {
    failing = entries -> List.of(error("0", "InternalError"));
    assertThatThrownBy(() -> sender("out").send(entries("a", "b"), NotedRefusals.ORIGIN))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("1 of 2 messages, such as a: InternalError");
    assertThat(calls).hasSize(5);
  }

  @Test
  void namesWhatAQueueWillNeverTakeAndGoesOn() throws Exception {
    failing = entries -> List.of(error("1", "InvalidMessageContents"));
    sender("out").send(entries("a", "b", "c"), NotedRefusals.ORIGIN);
    assertThat(calls).hasSize(1);
    assertThat(refused.reasons).containsOnlyKeys("b");
  }

  @Test
  void triesEachMessageAloneOfACallThatIsRefusedForOne() throws Exception {
    failing =
        entries -> {
          if (entries.stream().anyMatch(entry -> key(entry).equals("b"))) {
            throw SqsException.builder()
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode("InvalidMessageContents").build())
                .build();
          }
          return List.of();
        };
    sender("out").send(entries("a", "b", "c"), NotedRefusals.ORIGIN);
    assertThat(refused.reasons).containsOnlyKeys("b");
    assertThat(calls.subList(1, 4)).allSatisfy(call -> assertThat(call).hasSize(1));
  }

  @Test
  void failsIfTheQueueDoesNotAnswer() {
    failing =
        entries -> {
          throw SdkClientException.create("connection refused");
        };
    assertThatThrownBy(() -> sender("out").send(entries("a"), NotedRefusals.ORIGIN))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("the queue out does not take messages: connection refused");
  }

  @Test
  void tellsAFifoQueueTheGroupAndWhatIsRepeated() throws Exception {
    sender("out.fifo").send(entries("a"), NotedRefusals.ORIGIN);
    sender("out").send(entries("a"), NotedRefusals.ORIGIN);
    assertThat(calls.get(0).get(0).messageDeduplicationId()).isEqualTo("a");
    assertThat(calls.get(0).get(0).messageGroupId()).isEqualTo("build");
    assertThat(calls.get(1).get(0).messageGroupId()).isNull();
  }

  private List<Entry> entries(String... keys) {
    List<Row> rows = new ArrayList<>();
    for (String key : keys) {
      rows.add(NotedRefusals.row(key, "{}"));
    }
    return new QueueMessages(1 << 18, refused).of(rows, NotedRefusals.ORIGIN).get(0);
  }

  private String key(SendMessageBatchRequestEntry entry) {
    return entry.messageAttributes().get("event_key").stringValue();
  }

  private static BatchResultErrorEntry error(String id, String code) {
    return BatchResultErrorEntry.builder().id(id).code(code).message("it failed").build();
  }

  private QueueSender sender(String queue) {
    SqsClient sqs =
        new SqsClient() {
          @Override
          public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            return GetQueueUrlResponse.builder().queueUrl("http://queue").build();
          }

          @Override
          public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            calls.add(request.entries());
            return SendMessageBatchResponse.builder()
                .failed(failing.apply(request.entries()))
                .build();
          }

          @Override
          public String serviceName() {
            return "sqs";
          }

          @Override
          public void close() {}
        };
    return new QueueSender(
        sqs, queue, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), refused);
  }
}
