package dev.wadi.intake.kinesis;

import dev.wadi.ops.Closing;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.kinesis.common.KinesisClientUtil;

/**
 * The AWS clients that streams need: as the client library wants them on AWS, and as emulators can
 * bear them where an endpoint is given.
 */
public final class StreamClients implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 256;

  private final Closing closing = new Closing();
  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final Endpoints endpoints;
  private final KinesisAsyncClient kinesis;
  private final KinesisClient sending;
  private final DynamoDbAsyncClient dynamoDb;
  private final CloudWatchAsyncClient cloudWatch;

  /**
   * Other servers than AWS's own; null for AWS's.
   *
   * @param kinesis of Kinesis
   * @param dynamoDb of DynamoDB
   * @param cloudWatch of CloudWatch
   */
  public record Endpoints(URI kinesis, URI dynamoDb, URI cloudWatch) {}

  public StreamClients(Region region, AwsCredentialsProvider credentials, Endpoints endpoints) {
    this.region = region;
    this.credentials = credentials;
    this.endpoints = endpoints;
    SdkAsyncHttpClient http =
        closing.opened(
            NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(MAX_CONNECTIONS)
                .build());
    dynamoDb =
        closing.opened(
            set(DynamoDbAsyncClient.builder(), endpoints.dynamoDb).httpClient(http).build());
    cloudWatch =
        closing.opened(
            set(CloudWatchAsyncClient.builder(), endpoints.cloudWatch).httpClient(http).build());
    kinesis =
        closing.opened(
            endpoints.kinesis == null
                ? KinesisClientUtil.createKinesisAsyncClient(
                    set(KinesisAsyncClient.builder(), endpoints.kinesis))
                : inJson(
                    () ->
                        set(KinesisAsyncClient.builder(), endpoints.kinesis)
                            .httpClient(http)
                            .build()));
    sending =
        closing.opened(
            endpoints.kinesis == null
                ? set(KinesisClient.builder(), endpoints.kinesis).build()
                : inJson(() -> set(KinesisClient.builder(), endpoints.kinesis).build()));
  }

  /** For reading, by the client library. */
  public KinesisAsyncClient kinesis() {
    return kinesis;
  }

  /** For sending. */
  public KinesisClient sending() {
    return sending;
  }

  /** For the leases. */
  public DynamoDbAsyncClient dynamoDb() {
    return dynamoDb;
  }

  /** For the client library's own metrics. */
  public CloudWatchAsyncClient cloudWatch() {
    return cloudWatch;
  }

  @Override
  public void close() {
    closing.close();
  }

  private <B extends AwsClientBuilder<B, ?>> B set(B builder, URI endpoint) {
    builder.region(region).credentialsProvider(credentials);
    return endpoint == null ? builder : builder.endpointOverride(endpoint);
  }

  /**
   * Makes a client that speaks JSON instead of CBOR, which emulators don't know. The SDK asks only
   * this property, and only while it makes a client; whoever has set it keeps what they have set.
   */
  private static synchronized <T> T inJson(Supplier<T> client) {
    String property = SdkSystemSetting.CBOR_ENABLED.property();
    String before = System.getProperty(property);
    if (before != null) {
      return client.get();
    }
    System.setProperty(property, "false");
    try {
      return client.get();
    } finally {
      System.clearProperty(property);
    }
  }
}
