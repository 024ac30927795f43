package dev.wadi.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.Outcome;
import dev.wadi.event.SourceRecord;
import dev.wadi.ops.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** That Camel's own producer and a real queue give the proof that the steps ask for. */
@Tag("unit")
class DeadLetterQueueTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Map<String, byte[]> stored = new HashMap<>();
  private SQSRestServer server;
  private SqsClient client;
  private String queue;

  @BeforeEach
  void start() throws Exception {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    client =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    queue = client.createQueue(request -> request.queueName("events-dlq")).queueUrl();
    camel.getRegistry().bind("sqsClient", client);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:pipeline")
                .process(new DeadLetterStep(DeadLetterStep.USUAL_MAX_BYTES, stored::put))
                .to("aws2-sqs:events-dlq?amazonSQSClient=#sqsClient")
                .process(
                    new DeadLetteredStep(
                        new Metrics(new SimpleMeterRegistry(), Clock.systemUTC())));
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
    client.close();
    server.stopAndWait();
  }

  @Test
  void accountsForWhatTheQueueHas() {
    SourceRecord record = Rejections.record("m1#0", "nul \0 emoji \ud83d\ude00");
    Batch batch = send(record);
    DeadLetter letter = DeadLetterJson.read(utf8(receive().body())).orElseThrow();
    assertThat(letter.bytes()).isEqualTo(record.bytes());
    assertThat(batch.account().outcome(record))
        .isEqualTo(new Outcome.DeadLettered(Rejections.rejected(record), letter.id()));
  }

  @Test
  void fitsTheLargestMessageThatAQueueTakes() {
    SourceRecord record = Rejections.record("m1#0", new byte[DeadLetterStep.USUAL_MAX_BYTES]);
    Batch batch = send(record);
    DeadLetter letter = DeadLetterJson.read(utf8(receive().body())).orElseThrow();
    assertThat(stored.get(letter.bytesObject())).isEqualTo(record.bytes());
    assertThat(batch.account().unaccounted()).isEmpty();
  }

  private Batch send(SourceRecord record) {
    Batch batch = Rejections.batch(record);
    Exchange result =
        camel
            .createProducerTemplate()
            .send(
                "direct:pipeline",
                exchange -> {
                  exchange.setProperty(ExchangeProperty.BATCH, batch);
                  exchange.setProperty(ExchangeProperty.REJECTED, Rejections.rejected(record));
                  exchange.getMessage().setBody(record);
                });
    assertThat(result.getException()).isNull();
    return batch;
  }

  private Message receive() {
    List<Message> messages = client.receiveMessage(request -> request.queueUrl(queue)).messages();
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
