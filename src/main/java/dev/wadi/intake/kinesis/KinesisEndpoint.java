package dev.wadi.intake.kinesis;

import dev.wadi.event.SetupException;
import dev.wadi.intake.SourceEndpoint;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Receives batches of events from a Kinesis stream, each of one shard and in its order, and moves
 * the shard's checkpoint behind those that a commit accounts for. The exchange has the batch as its
 * body and as the property {@code WadiBatch}.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-kinesis",
    title = "Wadi Kinesis",
    syntax = "wadi-kinesis:stream",
    consumerOnly = true,
    category = {Category.CLOUD, Category.MESSAGING})
public final class KinesisEndpoint extends SourceEndpoint {

  @UriPath(description = "The stream's name")
  @Metadata(required = true)
  private final String stream;

  @UriParam(description = "The name under which processes share the shards; their table's too")
  @Metadata(required = true)
  private String application;

  @UriParam(
      defaultValue = "TRIM_HORIZON",
      description = "Where a new shard is begun: TRIM_HORIZON, LATEST or a time")
  private String initialPosition = "TRIM_HORIZON";

  @UriParam(defaultValue = "4194304", description = "The most bytes in a batch")
  private long batchBytes = 4L * 1024 * 1024;

  @UriParam(defaultValue = "8", description = "The most batches of a shard on their way at a time")
  private int shardPermits = 8;

  @UriParam(defaultValue = "1s", description = "The wait after a batch's first failure; doubles")
  private Duration retryDelay = Duration.ofSeconds(1);

  @UriParam(defaultValue = "false", description = "Whether to use enhanced fan-out")
  private boolean fanOut;

  @UriParam(defaultValue = "false", description = "Short leases, for emulators and tests")
  private boolean quick;

  @UriParam(defaultValue = "false", description = "Whether the client library sends metrics")
  private boolean cloudWatch;

  @UriParam(description = "Names this process among the application's; by default at random")
  private String worker;

  KinesisEndpoint(String uri, KinesisComponent component, String stream) {
    super(uri, component);
    this.stream = stream;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-kinesis:" + stream + " only receives: send with aws2-kinesis");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    KinesisConsumer consumer = new KinesisConsumer(this, processor, settings());
    configureConsumer(consumer);
    return consumer;
  }

  public void setApplication(String application) {
    this.application = application;
  }

  public void setInitialPosition(String initialPosition) {
    this.initialPosition = initialPosition;
  }

  public void setBatchBytes(long batchBytes) {
    this.batchBytes = batchBytes;
  }

  public void setShardPermits(int shardPermits) {
    this.shardPermits = shardPermits;
  }

  public void setRetryDelay(Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  public void setFanOut(boolean fanOut) {
    this.fanOut = fanOut;
  }

  public void setQuick(boolean quick) {
    this.quick = quick;
  }

  public void setCloudWatch(boolean cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  public void setWorker(String worker) {
    this.worker = worker;
  }

  /** Null for one at random. */
  String worker() {
    return worker;
  }

  KinesisComponent component() {
    return (KinesisComponent) getComponent();
  }

  /** The clients in the registry. */
  Kcl.Clients clients() {
    return new Kcl.Clients(
        component().bean(KinesisAsyncClient.class),
        component().bean(DynamoDbAsyncClient.class),
        cloudWatch ? component().bean(CloudWatchAsyncClient.class) : null);
  }

  private StreamSettings settings() {
    return new StreamSettings(
        stream,
        application,
        InitialPosition.parse(initialPosition),
        maxEvents(),
        batchBytes,
        maxWait(),
        shardPermits,
        permits(),
        maxBytes(),
        isolateAfter(),
        retryDelay,
        stopTimeout(),
        fanOut,
        quick,
        cloudWatch);
  }
}
