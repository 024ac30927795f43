package dev.wadi.outbound;

import dev.wadi.event.TransientException;
import dev.wadi.ops.Backoff;
import dev.wadi.outbound.QueueMessages.Entry;
import dev.wadi.outbound.Refusals.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Sends messages to a queue, several in one call. Of a call that is taken in part, what failed is
 * sent again; Camel's own component tells nobody of it.
 */
public final class QueueSender {

  /** How often what failed of a call is sent again before all of it is handed on anew. */
  private static final int TRIES = 5;

  /** What SQS finds wrong with a message itself: it will never be taken. */
  private static final Set<String> UNTAKABLE =
      Set.of("InvalidMessageContents", "MessageTooLong", "AWS.SimpleQueueService.MessageTooLong");

  private final SqsClient sqs;
  private final String queue;
  private final Backoff backoff;
  private final Refusals refusals;
  private volatile String url;

  /**
   * @param queue its name; one that ends with {@code .fifo} drops what is repeated within minutes
   * @param backoff how long to wait before what failed is sent again
   */
  public QueueSender(SqsClient sqs, String queue, Backoff backoff, Refusals refusals) {
    this.sqs = sqs;
    this.queue = queue;
    this.backoff = backoff;
    this.refusals = refusals;
  }

  /**
   * Sends messages.
   *
   * @param entries as many as one call takes
   * @throws TransientException if the queue doesn't answer, or refuses one again and again
   */
  void send(List<Entry> entries, Origin origin) throws InterruptedException {
    List<Entry> left = entries;
    for (int attempt = 1; ; attempt++) {
      List<BatchResultErrorEntry> failed = call(left, origin);
      List<Entry> again = new ArrayList<>();
      for (BatchResultErrorEntry failure : failed) {
        Entry entry = left.get(Integer.parseInt(failure.id()));
        if (UNTAKABLE.contains(failure.code())) {
          refusals.refuse(origin, entry.key(), failure.code() + ": " + failure.message());
        } else {
          again.add(entry);
        }
      }
      if (again.isEmpty()) {
        return;
      }
      if (attempt == TRIES) {
        BatchResultErrorEntry first = failed.get(0);
        throw failure(
            "%d of %d messages, such as %s: %s %s"
                .formatted(
                    again.size(),
                    entries.size(),
                    again.get(0).key(),
                    first.code(),
                    first.message()),
            null);
      }
      backoff.pause(attempt);
      left = again;
    }
  }

  /** What failed of a call; of one that was refused as a whole, each message is tried alone. */
  private List<BatchResultErrorEntry> call(List<Entry> entries, Origin origin)
      throws InterruptedException {
    try {
      return sqs.sendMessageBatch(send -> send.queueUrl(url()).entries(requests(entries))).failed();
    } catch (SqsException e) {
      if (e.awsErrorDetails() == null || !UNTAKABLE.contains(e.awsErrorDetails().errorCode())) {
        throw failure(e.getMessage(), e);
      }
      if (entries.size() == 1) {
        refusals.refuse(origin, entries.get(0).key(), e.getMessage());
        return List.of();
      }
      for (Entry entry : entries) {
        send(List.of(entry), origin);
      }
      return List.of();
    } catch (SdkException e) {
      throw failure(e.getMessage(), e);
    }
  }

  private List<SendMessageBatchRequestEntry> requests(List<Entry> entries) {
    List<SendMessageBatchRequestEntry> requests = new ArrayList<>();
    for (Entry entry : entries) {
      SendMessageBatchRequestEntry.Builder request =
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(requests.size()))
              .messageBody(entry.body())
              .messageAttributes(attributes(entry.attributes()));
      if (queue.endsWith(".fifo")) {
        request.messageGroupId(entry.group()).messageDeduplicationId(entry.key());
      }
      requests.add(request.build());
    }
    return requests;
  }

  private static Map<String, MessageAttributeValue> attributes(Map<String, String> texts) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    texts.forEach(
        (name, text) ->
            values.put(
                name,
                MessageAttributeValue.builder().dataType("String").stringValue(text).build()));
    return values;
  }

  private String url() {
    if (url == null) {
      url = sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }
    return url;
  }

  private TransientException failure(String why, Exception cause) {
    return new TransientException("the queue " + queue + " does not take messages: " + why, cause);
  }
}
