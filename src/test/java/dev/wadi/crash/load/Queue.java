package dev.wadi.crash.load;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue that a load is sent to. */
final class Queue implements Target {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);

  private final SqsClient sqs;
  private final String name;
  private String url;

  Queue(URI endpoint, String name) {
    this.sqs = client(endpoint);
    this.name = name;
  }

  @Override
  public void reach() {
    try {
      if (url == null) {
        url = sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
      }
    } catch (SdkException e) {
      throw new NoAnswerException("the queue " + name + " does not answer", e);
    }
  }

  @Override
  public void send(Message message) {
    try {
      sqs.sendMessage(send -> send.queueUrl(url).messageBody(message.body()));
    } catch (SdkException e) {
      throw new NoAnswerException("the queue " + name + " has not answered", e);
    }
  }

  @Override
  public void close() {
    sqs.close();
  }

  /** It tries nothing again by itself: each try is to be in the log. */
  private static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(DefaultCredentialsProvider.builder().build())
        .httpClient(ApacheHttpClient.builder().socketTimeout(NO_ANSWER).build())
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build())
        .build();
  }
}
