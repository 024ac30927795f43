package dev.wadi.intake.sqs;

import dev.wadi.event.SetupException;
import dev.wadi.intake.IsolationRules;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Receives batches of events from an SQS queue, and acknowledges those that a commit accounts for.
 * The exchange has the batch as its body and as the property {@code WadiBatch}.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "wadi-sqs",
    title = "Wadi SQS",
    syntax = "wadi-sqs:queue",
    consumerOnly = true,
    category = {Category.CLOUD, Category.MESSAGING})
public final class SqsEndpoint extends DefaultEndpoint {

  @UriPath(description = "The queue's name")
  @Metadata(required = true)
  private final String queue;

  @UriParam(defaultValue = "2000", description = "The most events in a batch")
  private int maxEvents = 2000;

  @UriParam(defaultValue = "1s", description = "How long a batch gathers from its first message")
  private Duration maxWait = Duration.ofSeconds(1);

  @UriParam(defaultValue = "4", description = "How many threads receive")
  private int receivers = 4;

  @UriParam(defaultValue = "30s", description = "Visibility timeout, extended while held")
  private Duration visibility = Duration.ofSeconds(30);

  @UriParam(defaultValue = "32", description = "The most batches on their way at a time")
  private int permits = 32;

  @UriParam(defaultValue = "134217728", description = "The most bytes of events to hold")
  private long maxBytes = 128L * 1024 * 1024;

  @UriParam(
      defaultValue = "0",
      description = "A message that fails alone so often becomes a dead letter; 0: never")
  private int isolateAfter;

  @UriParam(
      defaultValue = "5",
      description = "From this delivery on a message travels alone; 0: never")
  private int isolateReceives = 5;

  @UriParam(
      defaultValue = "0",
      description = "Delivered more often, a message becomes a dead letter unread; 0: never")
  private int maxReceives;

  @UriParam(defaultValue = "5s", description = "How long what was given back stays hidden")
  private Duration redeliveryDelay = Duration.ofSeconds(5);

  @UriParam(defaultValue = "20s", description = "How long a call waits for messages")
  private Duration receiveWait = Duration.ofSeconds(20);

  @UriParam(defaultValue = "30s", description = "How long a stop waits for batches to end")
  private Duration stopTimeout = Duration.ofSeconds(30);

  @UriParam(description = "The client to use; by default the only one in the registry")
  private SqsClient amazonSQSClient;

  SqsEndpoint(String uri, SqsComponent component, String queue) {
    super(uri, component);
    this.queue = queue;
  }

  @Override
  public Producer createProducer() {
    throw new SetupException("wadi-sqs:" + queue + " only receives: send with aws2-sqs");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    SqsConsumer consumer = new SqsConsumer(this, processor, settings());
    configureConsumer(consumer);
    return consumer;
  }

  public void setMaxEvents(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  public void setMaxWait(Duration maxWait) {
    this.maxWait = maxWait;
  }

  public void setReceivers(int receivers) {
    this.receivers = receivers;
  }

  public void setVisibility(Duration visibility) {
    this.visibility = visibility;
  }

  public void setPermits(int permits) {
    this.permits = permits;
  }

  public void setMaxBytes(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public void setIsolateAfter(int isolateAfter) {
    this.isolateAfter = isolateAfter;
  }

  public void setIsolateReceives(int isolateReceives) {
    this.isolateReceives = isolateReceives;
  }

  public void setMaxReceives(int maxReceives) {
    this.maxReceives = maxReceives;
  }

  public void setRedeliveryDelay(Duration redeliveryDelay) {
    this.redeliveryDelay = redeliveryDelay;
  }

  public void setReceiveWait(Duration receiveWait) {
    this.receiveWait = receiveWait;
  }

  public void setStopTimeout(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
  }

  public void setAmazonSQSClient(SqsClient amazonSQSClient) {
    this.amazonSQSClient = amazonSQSClient;
  }

  /** The client to use: the parameter's, else the registry's only one. */
  SqsClient client() {
    return amazonSQSClient == null ? component().bean(SqsClient.class) : amazonSQSClient;
  }

  SqsComponent component() {
    return (SqsComponent) getComponent();
  }

  private SqsSettings settings() {
    return new SqsSettings(
        queue,
        maxEvents,
        maxWait,
        receivers,
        visibility,
        permits,
        maxBytes,
        new IsolationRules(isolateAfter, isolateReceives, maxReceives),
        redeliveryDelay,
        receiveWait,
        stopTimeout);
  }
}
