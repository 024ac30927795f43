package dev.wadi.intake.sqs;

import dev.wadi.event.SetupException;
import dev.wadi.intake.DispatchEndpoint;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
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
public final class SqsEndpoint extends DispatchEndpoint {

  /** A message that has been delivered so often may be what ends the process. */
  private static final int ISOLATE_RECEIVES = 5;

  @UriPath(description = "The queue's name")
  @Metadata(required = true)
  private final String queue;

  @UriParam(defaultValue = "4", description = "How many threads receive")
  private int receivers = 4;

  @UriParam(defaultValue = "30s", description = "Visibility timeout, extended while held")
  private Duration visibility = Duration.ofSeconds(30);

  @UriParam(defaultValue = "5s", description = "How long what was given back stays hidden")
  private Duration redeliveryDelay = Duration.ofSeconds(5);

  @UriParam(defaultValue = "20s", description = "How long a call waits for messages")
  private Duration receiveWait = Duration.ofSeconds(20);

  @UriParam(description = "The client to use; by default the only one in the registry")
  private SqsClient amazonSQSClient;

  SqsEndpoint(String uri, SqsComponent component, String queue) {
    super(uri, component, ISOLATE_RECEIVES);
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

  public void setReceivers(int receivers) {
    this.receivers = receivers;
  }

  public void setVisibility(Duration visibility) {
    this.visibility = visibility;
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
        maxEvents(),
        maxWait(),
        receivers,
        visibility,
        permits(),
        maxBytes(),
        isolation(),
        redeliveryDelay,
        receiveWait,
        stopTimeout());
  }
}
