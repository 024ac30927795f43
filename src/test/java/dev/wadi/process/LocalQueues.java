package dev.wadi.process;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues of a {@code wadi run} in another process, as whoever sends to it sees them. */
public final class LocalQueues implements AutoCloseable {

  private final SqsClient sqs;
  private final String events;
  private final String deadLetters;

  private LocalQueues(SqsClient sqs) {
    this.sqs = sqs;
    events = sqs.getQueueUrl(get -> get.queueName("events")).queueUrl();
    deadLetters = sqs.getQueueUrl(get -> get.queueName("events-dlq")).queueUrl();
  }

  /**
   * Finds them by what the process has written.
   *
   * @param data the data folder of a process that is ready
   */
  public static LocalQueues of(Path data) throws IOException {
    Properties endpoints = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve(".wadi/endpoints.properties"))) {
      endpoints.load(reader);
    }
    return new LocalQueues(
        SqsClient.builder()
            .endpointOverride(URI.create(endpoints.getProperty("queue.endpoint")))
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(ApacheHttpClient.create())
            .build());
  }

  /**
   * Sends a message to the queue of events.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it is not accepted; it may have
   *     arrived all the same
   */
  public void send(String body) {
    sqs.sendMessage(send -> send.queueUrl(events).messageBody(body));
  }

  /** How many messages the queue of events and that of dead letters hold, visible or not. */
  public int held() {
    return held(events) + held(deadLetters);
  }

  private int held(String url) {
    return sqs
        .getQueueAttributes(
            get ->
                get.queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
