package dev.wadi.intake.drop;

import dev.wadi.intake.sqs.HeldQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/** A queue that delivers each message once, and remembers which were deleted or shown again. */
final class NoticesInMemory implements SqsClient {

  final List<String> deleted = new CopyOnWriteArrayList<>();
  final List<String> shown = new CopyOnWriteArrayList<>();

  private final LinkedBlockingQueue<Message> waiting = new LinkedBlockingQueue<>();

  HeldQueue open() {
    return HeldQueue.find(
        this,
        "drops",
        "setting",
        "s3:drops",
        Duration.ofHours(1),
        Duration.ofSeconds(1),
        Clock.systemUTC());
  }

  /**
   * To be called before the queue is read: one call takes all.
   *
   * @param body null for a message that nobody can open
   */
  void send(String id, int attempts, String body) {
    waiting.add(
        Message.builder()
            .messageId(id)
            .receiptHandle(id)
            .body(body)
            .attributes(
                Map.of(
                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                    Integer.toString(attempts)))
            .build());
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    return GetQueueUrlResponse.builder().queueUrl("memory:" + request.queueName()).build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    List<Message> messages = new ArrayList<>();
    try {
      Message first = waiting.poll(50, TimeUnit.MILLISECONDS);
      if (first != null) {
        messages.add(first);
        waiting.drainTo(messages, request.maxNumberOfMessages() - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ReceiveMessageResponse.builder().messages(messages).build();
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    request.entries().forEach(entry -> deleted.add(entry.receiptHandle()));
    return DeleteMessageBatchResponse.builder().build();
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    request.entries().forEach(entry -> shown.add(entry.receiptHandle()));
    return ChangeMessageVisibilityBatchResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {
    // nothing is open
  }
}
