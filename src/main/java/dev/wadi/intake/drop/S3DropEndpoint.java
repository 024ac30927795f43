package dev.wadi.intake.drop;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchEndpoint;
import dev.wadi.intake.sqs.HeldQueue;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Receives batches of the records that are in the objects which a queue's notifications name, and
 * deletes those notifications of whose objects a commit accounts for every record. The exchange has
 * the batch as its body and as the property {@code WadiBatch}.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-s3-drop",
    title = "Wadi S3 drop",
    syntax = "wadi-s3-drop:queue",
    consumerOnly = true,
    category = {Category.CLOUD, Category.FILE})
public final class S3DropEndpoint extends DispatchEndpoint {

  /** What has been named so often may be what ends the process. */
  private static final int ISOLATE_RECEIVES = 5;

  @UriPath(description = "The name of the queue of notifications")
  @Metadata(required = true)
  private final String queue;

  @UriParam(defaultValue = "2", description = "How many threads receive notifications")
  private int receivers = 2;

  @UriParam(defaultValue = "16", description = "How many objects are read at a time")
  private int fetches = 16;

  @UriParam(defaultValue = "4", description = "How many batches the route works on at a time")
  private int threads = 4;

  @UriParam(defaultValue = "30s", description = "Visibility timeout, extended while held")
  private Duration visibility = Duration.ofSeconds(30);

  @UriParam(
      defaultValue = "1048576",
      description = "A record with more bytes becomes a dead letter")
  private int maxRecordBytes = 1 << 20;

  @UriParam(
      defaultValue = "500",
      description = "Records of a larger object that are accounted for as one")
  private int partEvents = 500;

  @UriParam(description = "The lake's own bucket, of which no objects are read")
  private String lakeBucket = "";

  @UriParam(
      description = "Of which buckets objects are read, with commas; blank: all but the lake's")
  private String buckets = "";

  @UriParam(
      defaultValue = "leave",
      enums = "leave,tag,move,delete",
      description = "What is done with an object that has landed")
  private String after = "leave";

  @UriParam(defaultValue = "landed/", description = "What stands before the keys of moved objects")
  private String moveTo = "landed/";

  @UriParam(defaultValue = "5s", description = "How long what can't be followed stays hidden")
  private Duration redeliveryDelay = Duration.ofSeconds(5);

  @UriParam(defaultValue = "20s", description = "How long a call waits for messages")
  private Duration receiveWait = Duration.ofSeconds(20);

  @UriParam(description = "The client to use; by default the only one in the registry")
  private SqsClient amazonSQSClient;

  @UriParam(description = "The client to use; by default the only one in the registry")
  private S3Client amazonS3Client;

  S3DropEndpoint(String uri, S3DropComponent component, String queue) {
    super(uri, component, ISOLATE_RECEIVES);
    this.queue = queue;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-s3-drop:" + queue + " only reads: write with aws2-s3");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    S3DropConsumer consumer = new S3DropConsumer(this, processor, settings());
    configureConsumer(consumer);
    return consumer;
  }

  public void setReceivers(int receivers) {
    this.receivers = receivers;
  }

  public void setFetches(int fetches) {
    this.fetches = fetches;
  }

  public void setThreads(int threads) {
    this.threads = threads;
  }

  public void setVisibility(Duration visibility) {
    this.visibility = visibility;
  }

  public void setMaxRecordBytes(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  public void setPartEvents(int partEvents) {
    this.partEvents = partEvents;
  }

  public void setLakeBucket(String lakeBucket) {
    this.lakeBucket = lakeBucket;
  }

  public void setBuckets(String buckets) {
    this.buckets = buckets;
  }

  public void setAfter(String after) {
    this.after = after;
  }

  public void setMoveTo(String moveTo) {
    this.moveTo = moveTo;
  }

  public void setRedeliveryDelay(Duration redeliveryDelay) {
    this.redeliveryDelay = redeliveryDelay;
  }

  public void setReceiveWait(Duration receiveWait) {
    this.receiveWait = receiveWait;
  }

  public void setAmazonSQSClient(SqsClient amazonSQSClient) {
    this.amazonSQSClient = amazonSQSClient;
  }

  public void setAmazonS3Client(S3Client amazonS3Client) {
    this.amazonS3Client = amazonS3Client;
  }

  /** The queue that this endpoint names. */
  HeldQueue queue(Clock clock) {
    return HeldQueue.find(
        amazonSQSClient == null ? component().bean(SqsClient.class) : amazonSQSClient,
        queue,
        "wadi.intake.drops.queue",
        DropSettings.source(queue),
        visibility,
        receiveWait,
        clock);
  }

  /** The client to use: the parameter's, else the registry's only one. */
  S3Client s3() {
    return amazonS3Client == null ? component().bean(S3Client.class) : amazonS3Client;
  }

  S3DropComponent component() {
    return (S3DropComponent) getComponent();
  }

  private DropSettings settings() {
    return new DropSettings(
        queue,
        receivers,
        fetches,
        maxRecordBytes,
        partEvents,
        Buckets.of(lakeBucket, buckets),
        AfterLanding.Action.of(after),
        moveTo,
        isolation(),
        redeliveryDelay,
        dispatch(DropSettings.source(queue), threads));
  }
}
