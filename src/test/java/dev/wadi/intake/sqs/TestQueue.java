package dev.wadi.intake.sqs;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of its own for each test, as its senders and other receivers see it. */
final class TestQueue {

  private final SqsClient client;
  private final String name;
  private final String url;

  TestQueue(SqsClient client, String name) {
    this.client = client;
    this.name = name;
    this.url = client.createQueue(create -> create.queueName(name)).queueUrl();
  }

  static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
  }

  String name() {
    return name;
  }

  /** Sends messages and answers their ids. */
  List<String> send(String... bodies) {
    List<String> ids = new ArrayList<>();
    for (String body : bodies) {
      ids.add(client.sendMessage(send -> send.queueUrl(url).messageBody(body)).messageId());
    }
    return ids;
  }

  void sendEvents(int events) {
    for (int i = 0; i < events; i++) {
      send("{\"event\":" + i + "}");
    }
  }

  /** Visible and hidden messages: what has not been deleted. */
  int size() {
    return visible() + hidden();
  }

  int visible() {
    return attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  int hidden() {
    return attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  /** What another receiver gets now. */
  List<String> receive() {
    List<String> bodies = new ArrayList<>();
    List<Message> messages;
    do {
      messages =
          client
              .receiveMessage(
                  receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(0))
              .messages();
      messages.forEach(message -> bodies.add(message.body()));
    } while (!messages.isEmpty());
    return bodies;
  }

  /** Delivers every message so many times and takes none. */
  void deliver(int times) {
    for (int i = 0; i < times; i++) {
      List<Message> messages;
      List<Message> delivered = new ArrayList<>();
      do {
        messages =
            client
                .receiveMessage(
                    receive -> receive.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(60))
                .messages();
        delivered.addAll(messages);
      } while (!messages.isEmpty());
      for (Message message : delivered) {
        client.changeMessageVisibility(
            change ->
                change.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
      }
    }
  }

  /** How often the queue has delivered each of its messages, this delivery included. */
  List<Integer> deliveries() {
    return client
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(url)
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
        .messages()
        .stream()
        .map(
            message ->
                Integer.valueOf(
                    message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)))
        .toList();
  }

  private int attribute(QueueAttributeName attribute) {
    Map<QueueAttributeName, String> attributes =
        client.getQueueAttributes(get -> get.queueUrl(url).attributeNames(attribute)).attributes();
    return Integer.parseInt(attributes.get(attribute));
  }
}
