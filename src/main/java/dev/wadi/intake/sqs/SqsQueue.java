package dev.wadi.intake.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.SetupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * The calls of SQS that a source makes, each for at most ten messages, which is SQS's limit.
 * Thread-safe. Every call throws {@link SdkException} if it fails as a whole.
 */
final class SqsQueue {

  /** The most messages that one call of SQS takes or gives. */
  static final int CALL_SIZE = 10;

  /** A message for which a call failed, and why. */
  record Failure(HeldMessage message, String reason) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqsClient client;
  private final String url;

  private SqsQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  /**
   * Finds a queue by its name.
   *
   * @throws SetupException if there is none, or it can't be asked for
   */
  static SqsQueue find(SqsClient client, String name) {
    return find(client, name, "wadi.intake.queue");
  }

  /**
   * The same where another setting names the queue.
   *
   * @param setting the setting's name
   */
  static SqsQueue find(SqsClient client, String name, String setting) {
    try {
      return new SqsQueue(client, client.getQueueUrl(get -> get.queueName(name)).queueUrl());
    } catch (QueueDoesNotExistException e) {
      throw new SetupException(
          "there is no queue " + name + ": create it, or set " + setting + " to one", e);
    } catch (SdkException e) {
      throw new SetupException(
          "the queue "
              + name
              + " can't be asked for ("
              + e.getMessage()
              + "): check its endpoint, the credentials and sqs:GetQueueUrl",
          e);
    }
  }

  /** Waits for messages, and hides those that come. */
  List<Message> receive(Duration wait, Duration visibility) {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(CALL_SIZE)
                    .waitTimeSeconds((int) wait.toSeconds())
                    .visibilityTimeout((int) visibility.toSeconds())
                    .messageAttributeNames(ReplayReader.ATTRIBUTES)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages();
  }

  /**
   * After how many deliveries the queue itself moves a message to another queue; empty if it never
   * does.
   */
  OptionalInt maxReceiveCount() {
    String policy =
        client
            .getQueueAttributes(
                get -> get.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
            .attributes()
            .get(QueueAttributeName.REDRIVE_POLICY);
    if (policy == null || policy.isBlank()) {
      return OptionalInt.empty();
    }
    try {
      int count = JSON.readTree(policy).path("maxReceiveCount").asInt();
      return count > 0 ? OptionalInt.of(count) : OptionalInt.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(url + " has a redrive policy that is no JSON: " + policy, e);
    }
  }

  /** Deletes messages for good and answers those that it could not delete. */
  List<Failure> delete(List<HeldMessage> messages) {
    List<DeleteMessageBatchRequestEntry> entries =
        entries(
            messages,
            index ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(index))
                    .receiptHandle(messages.get(index).receipt().handle())
                    .build());
    return failures(
        messages,
        client.deleteMessageBatch(delete -> delete.queueUrl(url).entries(entries)).failed());
  }

  /**
   * Hides messages for a time from now on and answers those that it could not hide.
   *
   * @param visibility whole seconds; zero shows them at once
   */
  List<Failure> changeVisibility(List<HeldMessage> messages, Duration visibility) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries =
        entries(
            messages,
            index ->
                ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(index))
                    .receiptHandle(messages.get(index).receipt().handle())
                    .visibilityTimeout((int) visibility.toSeconds())
                    .build());
    return failures(
        messages,
        client
            .changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(entries))
            .failed());
  }

  /** Cuts messages into lists that one call takes. */
  static List<List<HeldMessage>> calls(List<HeldMessage> messages) {
    List<List<HeldMessage>> calls = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += CALL_SIZE) {
      calls.add(messages.subList(from, Math.min(from + CALL_SIZE, messages.size())));
    }
    return calls;
  }

  @Override
  public String toString() {
    return url;
  }

  private static <T> List<T> entries(List<HeldMessage> messages, Function<Integer, T> entry) {
    return IntStream.range(0, messages.size()).boxed().map(entry).toList();
  }

  private static List<Failure> failures(
      List<HeldMessage> messages, List<BatchResultErrorEntry> failed) {
    Map<String, String> reasons =
        failed.stream()
            .collect(
                Collectors.toMap(
                    BatchResultErrorEntry::id, error -> error.code() + ": " + error.message()));
    return reasons.entrySet().stream()
        .map(entry -> new Failure(messages.get(Integer.parseInt(entry.getKey())), entry.getValue()))
        .toList();
  }
}
