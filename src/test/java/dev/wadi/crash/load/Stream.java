package dev.wadi.crash.load;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** A Kinesis stream that a load is sent to, spread over its shards. */
final class Stream implements Target {

  private static final Duration NO_ANSWER = Duration.ofSeconds(5);

  private final KinesisClient kinesis;
  private final String name;

  Stream(URI endpoint, String name) {
    // emulators know no CBOR
    System.setProperty("aws.cborEnabled", "false");
    this.kinesis =
        KinesisClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            .httpClient(ApacheHttpClient.builder().socketTimeout(NO_ANSWER).build())
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .build())
            .build();
    this.name = name;
  }

  @Override
  public void reach() {
    // whoever begins the load has made the stream
  }

  @Override
  public void send(Message message) {
    try {
      kinesis.putRecord(
          put ->
              put.streamName(name)
                  .partitionKey("message-" + message.number())
                  .data(SdkBytes.fromUtf8String(message.body())));
    } catch (SdkException e) {
      throw new NoAnswerException("the stream " + name + " has not answered", e);
    }
  }

  @Override
  public void close() {
    kinesis.close();
  }
}
