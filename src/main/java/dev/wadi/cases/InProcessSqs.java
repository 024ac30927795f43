package dev.wadi.cases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * A queue without a server, to send to: it has every queue, and answers as SQS does. What is sent
 * is looked at by the account of its batch, and kept nowhere.
 */
public final class InProcessSqs implements SqsClient {

  private static final String URLS = "http://localhost/000000000000/";

  private final AtomicLong messages = new AtomicLong();

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest get) {
    return GetQueueUrlResponse.builder().queueUrl(URLS + get.queueName()).build();
  }

  @Override
  public ListQueuesResponse listQueues(ListQueuesRequest list) {
    return ListQueuesResponse.builder().queueUrls(URLS + list.queueNamePrefix()).build();
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest send) {
    return SendMessageResponse.builder()
        .messageId("message-" + messages.incrementAndGet())
        .md5OfMessageBody(md5(send.messageBody()))
        .build();
  }

  @Override
  public String serviceName() {
    return SqsClient.SERVICE_NAME;
  }

  @Override
  public void close() {
    // nothing is open
  }

  /** The checksum of SQS's own protocol. */
  private static String md5(String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
