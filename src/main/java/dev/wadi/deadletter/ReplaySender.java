package dev.wadi.deadletter;

import dev.wadi.event.TransientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Sends replays to the queue of events, several in one call. Sending one twice does no harm. Not
 * thread-safe.
 */
public final class ReplaySender {

  /** The most messages that one call of SQS takes. */
  private static final int CALL_SIZE = 10;

  private final SqsClient sqs;
  private final String url;
  private final int maxBytes;
  private final List<ReplayMessage> waiting = new ArrayList<>();
  private int size;
  private long sent;

  /**
   * @param url the queue's
   * @param maxBytes what the queue takes in one call, in bytes
   */
  public ReplaySender(SqsClient sqs, String url, int maxBytes) {
    this.sqs = sqs;
    this.url = url;
    this.maxBytes = maxBytes;
  }

  /**
   * Sends a message, perhaps together with some that come after it.
   *
   * @throws TransientException if the queue refuses one, or doesn't answer
   */
  public void send(ReplayMessage message) {
    if (waiting.size() == CALL_SIZE || size + message.size() > maxBytes) {
      flush();
    }
    waiting.add(message);
    size += message.size();
  }

  /** Sends what is left. */
  public void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (ReplayMessage message : waiting) {
      Map<String, MessageAttributeValue> attributes = new HashMap<>();
      message
          .attributes()
          .forEach(
              (name, value) ->
                  attributes.put(
                      name,
                      MessageAttributeValue.builder()
                          .dataType("String")
                          .stringValue(value)
                          .build()));
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(message.body())
              .messageAttributes(attributes)
              .build());
    }
    List<BatchResultErrorEntry> failed;
    try {
      failed = sqs.sendMessageBatch(send -> send.queueUrl(url).entries(entries)).failed();
    } catch (SdkException e) {
      throw failure(e.getMessage(), e);
    }
    sent += entries.size() - failed.size();
    if (!failed.isEmpty()) {
      BatchResultErrorEntry first = failed.get(0);
      throw failure(
          waiting.get(Integer.parseInt(first.id())).letter()
              + " was refused: "
              + first.code()
              + " "
              + first.message(),
          null);
    }
    waiting.clear();
    size = 0;
  }

  /** How many the queue has accepted. */
  public long sent() {
    return sent;
  }

  private TransientException failure(String why, SdkException cause) {
    return new TransientException(
        sent
            + " dead letters were sent, then the queue failed ("
            + why
            + "): repeat the command, which does no harm",
        cause);
  }
}
