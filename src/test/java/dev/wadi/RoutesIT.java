package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.docs.MarkdownPage;
import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.event.SetupException;
import dev.wadi.land.Commit;
import dev.wadi.land.StagedObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The live routes as they are, woven by id, on the embedded queue and store. */
@Tag("integration")
class RoutesIT {

  @TempDir Path data;
  @TempDir Path routes;

  @Test
  void setsADuplicateAsideInItsTable() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "event",
              route -> route.weaveById("event-set-aside-duplicate").before().to("mock:duplicate"))
          .start();
      MockEndpoint duplicate = wadi.camel.getEndpoint("mock:duplicate", MockEndpoint.class);
      duplicate.expectedMessageCount(1);
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 1);
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 2);

      duplicate.assertIsSatisfied();
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.column("duplicates", "event_id")).containsExactly("a");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
    }
  }

  @Test
  void setsAConflictAsideWithTheHashOfWhatLanded() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "event",
              route -> route.weaveById("event-set-aside-conflict").before().to("mock:conflict"))
          .start();
      MockEndpoint conflict = wadi.camel.getEndpoint("mock:conflict", MockEndpoint.class);
      conflict.expectedMessageCount(1);
      wadi.send(RouteFixture.event("a", "one"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 1);
      wadi.send(RouteFixture.event("a", "two"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.commits.size() == 2);

      conflict.assertIsSatisfied();
      assertThat(wadi.column("events", "subject_id")).containsExactly("one");
      assertThat(wadi.column("conflicts", "landed_payload_hash"))
          .isEqualTo(wadi.column("events", "payload_hash"));
    }
  }

  @Test
  void sendsWhatItRejectsToTheDeadLetterQueueAndArchivesIt() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "event",
              route -> route.weaveById("event-to-dead-letter").before().to("mock:rejected"))
          .start();
      MockEndpoint rejected = wadi.camel.getEndpoint("mock:rejected", MockEndpoint.class);
      rejected.expectedMessageCount(1);
      wadi.send(
          "["
              + RouteFixture.event("a", "s")
              + ",{\"context\":{}},"
              + RouteFixture.event("b", "s")
              + "]");

      await()
          .atMost(RouteFixture.patience())
          .untilAsserted(
              () ->
                  assertThat(wadi.column("dead_letters", "reason"))
                      .containsExactly("missing_field"));
      rejected.assertIsSatisfied();
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void makesAnEventWhoseStepThrowsADeadLetterAndLandsItsNeighbours() throws Exception {
    Processor failsForB =
        exchange -> {
          if (exchange
              .getMessage()
              .getBody(String.class)
              .replace(" ", "")
              .contains("\"id\":\"b\"")) {
            throw new IllegalArgumentException("no b, please");
          }
        };
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "event",
              route ->
                  route.weaveById("event-flatten").before().process(failsForB).id("my-own-step"))
          .start();
      wadi.send("[" + RouteFixture.event("a", "s") + "," + RouteFixture.event("b", "s") + "]");

      await()
          .atMost(RouteFixture.patience())
          .untilAsserted(
              () ->
                  assertThat(wadi.column("dead_letters", "reason")).containsExactly("step_failed"));
      assertThat(wadi.column("dead_letters", "message").get(0)).contains("no b, please");
      assertThat(wadi.column("dead_letters", "stage")).containsExactly("my-own-step");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
    }
  }

  @Test
  void makesNoDeadLetterOfAGoodEventWhenTheLedgerIsDamaged() throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    Processor damaged =
        exchange -> {
          if (failures.getAndDecrement() > 0) {
            // what every claim throws once a segment of the ledger has proved damaged
            throw new SetupException("a segment is damaged; start again");
          }
        };
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise("event", route -> route.weaveById("event-flatten").before().process(damaged))
          .start();
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(failures.get()).isLessThan(0);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.commits.get(0).deadLetters()).isEmpty();
    }
  }

  @Test
  void triesAgainWhenTheStoreAnswers503() throws Exception {
    AtomicInteger refusals = new AtomicInteger(2);
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "land",
              route -> route.weaveById("land-put-object").before().process(refusing(refusals)))
          .start();
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(refusals.get()).isLessThan(0);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.aborted()).as("the put was tried again, not the commit").isZero();
    }
  }

  @Test
  void triesAgainWhenTheDeadLetterQueueDoesNotAnswer() throws Exception {
    AtomicInteger refusals = new AtomicInteger(2);
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "dead-letter",
              route ->
                  route
                      .weaveById("dead-letter-to-queue")
                      .before()
                      .process(
                          exchange -> {
                            if (refusals.getAndDecrement() > 0) {
                              throw SdkClientException.create("the queue is down");
                            }
                          }))
          .start();
      wadi.send("not an event");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(refusals.get()).isLessThan(0);
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RETURNED, "sqs:events"))
          .as("the send was tried again, not the batch")
          .isZero();
    }
  }

  @Test
  void givesUpTheCommitWhenTheStoreStaysDownAndLandsTheEventOnceItIsBack() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "land",
              route -> route.weaveById("land-put-object").before().process(refusing(refusals)))
          .start();
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> refusals.get() <= 0);
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.commits).hasSize(1);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.column("duplicates", "event_id")).isEmpty();
    }
  }

  @Test
  void settlesAPutWhoseAnswerWasLost() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "land",
              route ->
                  route
                      .weaveById("land-put-object")
                      .after()
                      .process(
                          exchange -> {
                            if (lost.compareAndSet(false, true)) {
                              // what the producer throws when it puts the same object once more
                              throw S3Exception.builder()
                                  .statusCode(412)
                                  .message("PreconditionFailed")
                                  .build();
                            }
                          }))
          .start();
      // an object of events and one of duplicates
      wadi.send("[" + RouteFixture.event("a", "s") + "," + RouteFixture.event("a", "s") + "]");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(lost).isTrue();
      assertThat(wadi.commits).hasSize(1);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.column("duplicates", "event_id")).containsExactly("a");
      assertThat(wadi.aborted()).as("the first try counts, not a second commit").isZero();
    }
  }

  @Test
  void givesUpACommitWhoseKeyIsTakenBySomethingElse() throws Exception {
    AtomicBoolean taken = new AtomicBoolean();
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "land",
              route ->
                  route
                      .weaveById("land-put-object")
                      .before()
                      .process(
                          exchange -> {
                            if (taken.compareAndSet(false, true)) {
                              wadi.services
                                  .s3()
                                  .putObject(
                                      put ->
                                          put.bucket("lake")
                                              .key(
                                                  exchange
                                                      .getMessage()
                                                      .getHeader(
                                                          AWS2S3Constants.KEY, String.class)),
                                      RequestBody.fromString("another's"));
                            }
                          }))
          .start();
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.aborted()).isEqualTo(1);
      assertThat(wadi.commits).hasSize(1);
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
    }
  }

  @Test
  void acknowledgesNothingWhileTheDeadLetterQueueIsDown() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "dead-letter",
              route ->
                  route
                      .weaveById("dead-letter-to-queue")
                      .before()
                      .process(
                          exchange -> {
                            tries.incrementAndGet();
                            if (down.get()) {
                              throw SdkClientException.create("the queue is down");
                            }
                          }))
          .start();
      wadi.send("[" + RouteFixture.event("a", "s") + ",{\"broken\"]");
      wadi.send("{}");
      await().atMost(RouteFixture.patience()).until(() -> tries.get() > 6);
      assertThat(wadi.held("events")).isEqualTo(2);
      assertThat(wadi.column("events", "event_id")).isEmpty();
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RETURNED)).isZero();

      down.set(false);
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("dead_letters", "reason")).hasSize(2);
      assertThat(wadi.column("dead_letters", "attempts")).as("deliveries").containsOnly("1");
    }
  }

  @Test
  void landsWhatItHeldWhileTheStoreWasDownWithoutAnotherDelivery() throws Exception {
    AtomicInteger refusals = new AtomicInteger(12);
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "land",
              route -> route.weaveById("land-put-object").before().process(refusing(refusals)))
          .start();
      wadi.send(RouteFixture.event("a", "s"));
      wadi.send("not an event");
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(refusals.get()).isLessThan(0);
      assertThat(wadi.aborted()).isGreaterThanOrEqualTo(2);
      assertThat(wadi.batchesHeld()).isGreaterThanOrEqualTo(2);
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RETURNED)).isZero();
      assertThat(wadi.column("events", "event_id")).containsExactly("a");
      assertThat(wadi.column("dead_letters", "attempts")).containsExactly("1");
      assertThat(wadi.column("duplicates", "event_id")).isEmpty();
    }
  }

  @Test
  void isolatesAnEventThatFailsThePipelineItselfAndLandsItsNeighbours() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      wadi.advise(
              "pipeline",
              route ->
                  route
                      .weaveById("pipeline-stage")
                      .before()
                      .process(
                          exchange -> {
                            if (bytes(exchange).contains("\"b\"")) {
                              throw new IllegalStateException("no batch with b, please");
                            }
                          }))
          .start();
      for (String id : List.of("a", "b", "c", "d", "e")) {
        wadi.send(RouteFixture.event(id, "s"));
      }
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "c", "d", "e");
      assertThat(wadi.column("dead_letters", "reason")).containsExactly("batch_failed");
      assertThat(wadi.column("dead_letters", "stage")).containsExactly("intake");
      assertThat(wadi.column("dead_letters", "message").get(0)).contains("no batch with b, please");
      assertThat(wadi.column("dead_letters", "decode(from_base64(bytes_base64))"))
          .containsExactly(RouteFixture.event("b", "s"));
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RETURNED)).isZero();
    }
  }

  @Test
  void isolatesAnEventThatFailsTheCommitThatItIsIn() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null, Map.of("wadi.intake.max-events", "1"))) {
      // every batch has come to its stage when the commit that they share fails
      wadi.advise(
              "land",
              route ->
                  route
                      .weaveById("land-split-objects")
                      .before()
                      .process(
                          exchange -> {
                            Commit commit = exchange.getMessage().getBody(Commit.class);
                            for (StagedObject object : commit.objects()) {
                              if (object.key().contains("event_date=2026-11-21")) {
                                throw new IllegalStateException("a bug for b");
                              }
                            }
                          }))
          .start();
      for (String id : List.of("a", "c", "d")) {
        wadi.send(RouteFixture.event(id, "s"));
      }
      wadi.send(RouteFixture.event("b", "s").replace("2026-11-20", "2026-11-21"));
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactlyInAnyOrder("a", "c", "d");
      assertThat(wadi.column("dead_letters", "reason")).containsExactly("batch_failed");
    }
  }

  @Test
  void makesAMessageThatWasDeliveredTooOftenADeadLetterUnread() throws Exception {
    try (RouteFixture wadi =
        new RouteFixture(
            data,
            null,
            Map.of("wadi.intake.max-receives", "2", "wadi.intake.isolate-receives", "2"))) {
      String array = "[" + RouteFixture.event("a", "s") + "," + RouteFixture.event("b", "s") + "]";
      wadi.send(array);
      wadi.deliver(2);
      wadi.start();
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.held("events") == 0 && wadi.held("events-dlq") == 0);
      assertThat(wadi.column("events", "event_id")).isEmpty();
      assertThat(wadi.column("dead_letters", "reason")).containsExactly("received_too_often");
      assertThat(wadi.column("dead_letters", "attempts")).containsExactly("3");
      assertThat(wadi.column("dead_letters", "decode(from_base64(bytes_base64))"))
          .containsExactly(array);
    }
  }

  @Test
  void archivesWhatAQueueItselfHasRedriven() throws Exception {
    try (RouteFixture wadi = new RouteFixture(data, null)) {
      SqsClient sqs = wadi.services.sqs();
      String dlq = sqs.getQueueUrl(get -> get.queueName("events-dlq")).queueUrl();
      String arn =
          sqs.getQueueAttributes(
                  get -> get.queueUrl(dlq).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      String other =
          sqs.createQueue(
                  create ->
                      create
                          .queueName("other")
                          .attributes(
                              Map.of(
                                  QueueAttributeName.REDRIVE_POLICY,
                                  "{\"deadLetterTargetArn\":\""
                                      + arn
                                      + "\",\"maxReceiveCount\":\"1\"}")))
              .queueUrl();
      sqs.sendMessage(send -> send.queueUrl(other).messageBody("of another application"));
      await()
          .atMost(RouteFixture.patience())
          .until(
              () -> {
                sqs.receiveMessage(receive -> receive.queueUrl(other).visibilityTimeout(0));
                return wadi.held("events-dlq") == 1;
              });
      wadi.start();
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events-dlq") == 0);
      assertThat(wadi.column("dead_letters", "reason")).containsExactly("redriven");
      assertThat(wadi.column("dead_letters", "decode(from_base64(bytes_base64))"))
          .containsExactly("of another application");
    }
  }

  private static String bytes(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    Batch batch = exchange.getProperty(ExchangeProperty.BATCH, Batch.class);
    batch.forEach(record -> text.append(new String(record.bytes(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  @Test
  void losesNoEventThatAUsersFilterLetsGo() throws Exception {
    assertHeldBack(
        "31-event",
"""
                              - process:
                                  id: event-keep
                                  ref: keep
""",
"""
                              - filter:
                                  id: event-filter
                                  simple: "${exchangeProperty.WadiEvent.id} != 'a'"
                                  steps:
                                    - process:
                                        id: event-keep
                                        ref: keep
""");
  }

  @Test
  void losesNoEventAtWhichAUsersRouteStops() throws Exception {
    assertHeldBack(
        "31-event",
        "                              - process:\n                                  id: event-keep\n",
        "                              - stop: {}\n                              - process:\n                                  id: event-keep\n");
  }

  @Test
  void losesNoEventWhenAUserRemovesTheKeepStep() throws Exception {
    assertHeldBack(
        "31-event",
        "                              - process:\n                                  id: event-keep\n                                  ref: keep\n",
        "");
  }

  @Test
  void losesNoEventWhenAUserRemovesTheStageStep() throws Exception {
    assertHeldBack(
        "30-pipeline",
        "        - process:\n            id: pipeline-stage\n            ref: stage\n",
        "");
  }

  @Test
  void losesNoEventWhenAUserRemovesTheCommitStep() throws Exception {
    assertHeldBack(
        "40-land",
        "        - process:\n            id: land-commit\n            ref: commit\n",
        "");
  }

  @Test
  void losesNoEventWhenAUserRemovesThePut() throws Exception {
    assertHeldBack(
        "40-land",
"""
              - to:
                  id: land-put-object
                  uri: aws2-s3:{{wadi.land.bucket}}
                  parameters:
                    amazonS3Client: "#s3Client"
                    conditionalWritesEnabled: "true"
""",
        "");
  }

  @Test
  void losesNoRejectedRecordWhenAUserRemovesTheSendToTheDeadLetterQueue() throws Exception {
    change(
        "32-dead-letter",
"""
        - to:
            id: dead-letter-to-queue
            uri: aws2-sqs:{{wadi.dead-letters.queue}}
            parameters:
              amazonSQSClient: "#sqsClient"
""",
        "");
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send("not an event");
      await().atMost(RouteFixture.patience()).until(() -> wadi.batchesHeld() >= 4);
      assertThat(wadi.held("events")).isEqualTo(1);
      assertThat(wadi.held("events-dlq")).isZero();
      assertThat(wadi.commits).isEmpty();
    }
  }

  @Test
  void countsWhatAUserDropsOnPurpose() throws Exception {
    change(
        "31-event",
        "                              - process:\n                                  id: event-flatten\n",
"""
                              - choice:
                                  id: event-choice-dropped
                                  when:
                                    - id: event-when-dropped
                                      simple: "${exchangeProperty.WadiEvent.id} == 'a'"
                                      steps:
                                        - to:
                                            id: event-drop
                                            uri: wadi-drop:no-a
                              - process:
                                  id: event-flatten
""");
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send("[" + RouteFixture.event("a", "s") + "," + RouteFixture.event("b", "s") + "]");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactly("b");
      assertThat(wadi.commits.get(0).sources().get("sqs:events").filteredReasons())
          .containsEntry("no-a", 1L);
    }
  }

  @Test
  void doesWhatTheGuideSaysOfChangingARoute() throws Exception {
    String step =
        MarkdownPage.read(Path.of("docs/how-to/change-a-route.md")).blocks("yaml").get(0).text();
    String deduplicate =
        "                - idempotentConsumer:\n                    id: event-deduplicate\n";
    change("31-event", deduplicate, step + deduplicate);
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send("[" + deployed("a", "dev") + "," + deployed("b", "prod") + "]");
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "event_id")).containsExactly("b");
      assertThat(wadi.commits.get(0).sources().get("sqs:events").filteredReasons())
          .containsEntry("dev-environment", 1L);
    }
  }

  private static String deployed(String id, String environment) {
    return """
        {"context":{"specversion":"0.5.1","id":"%s","source":"/test","type":"dev.cdevents.service.deployed.0.3.0",\
        "timestamp":"2026-11-20T10:00:00Z"},"subject":{"id":"s","content":{"environment":{"id":"%s"},\
        "artifactId":"pkg:oci/app@sha256:0b31b1c"}}}"""
        .formatted(id, environment);
  }

  @Test
  void replacesTheOriginalJsonWhereAUserMasksAField() throws Exception {
    change(
        "31-event",
        "                              - process:\n                                  id: event-flatten\n",
"""
                              - setBody:
                                  id: event-mask
                                  simple: '{"context": {"id": "${exchangeProperty.WadiEvent.id}"}, "subject": {"id": "masked"}}'
                              - process:
                                  id: event-flatten
""");
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send(RouteFixture.event("a", "secret"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      assertThat(wadi.column("events", "subject_id")).containsExactly("masked");
      assertThat(wadi.column("events", "_doc").get(0)).doesNotContain("secret");
    }
  }

  /** With the change to the routes the event is neither landed nor deleted, but tried again. */
  private void assertHeldBack(String file, String text, String replacement) throws Exception {
    change(file, text, replacement);
    try (RouteFixture wadi = new RouteFixture(data, routes)) {
      wadi.start();
      wadi.send(RouteFixture.event("a", "s"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.batchesHeld() >= 4);
      assertThat(wadi.held("events")).isEqualTo(1);
      assertThat(wadi.held("events-dlq")).as("it is the route that is at fault").isZero();
      assertThat(wadi.column("events", "event_id")).isEmpty();
      assertThat(wadi.metrics.total(dev.wadi.ops.Metrics.Term.RETURNED)).isZero();
    }
  }

  private void change(String file, String text, String replacement) throws Exception {
    String name = file + ".camel.yaml";
    String own = Files.readString(Path.of("src/main/resources/routes", name));
    assertThat(own).contains(text);
    Files.writeString(routes.resolve(name), own.replace(text, replacement));
  }

  private static Processor refusing(AtomicInteger refusals) {
    return exchange -> {
      if (refusals.getAndDecrement() > 0) {
        throw S3Exception.builder().statusCode(503).message("SlowDown").build();
      }
    };
  }
}
