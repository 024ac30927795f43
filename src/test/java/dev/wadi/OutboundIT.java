package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.intake.kinesis.StreamClients;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.process.PostgresServer;
import dev.wadi.process.Servers;
import dev.wadi.process.Servers.Service;
import dev.wadi.process.SharedLake;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The packaged application lands events and hands them on to a queue, a stream and PostgreSQL,
 * while it is killed, receivers are out and files are joined: nothing is missing there.
 */
@Tag("integration")
class OutboundIT {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 120;
  private static final int PIECE = 20;
  private static final int MORE_THAN_A_PIECE = 30;
  private static final Predicate<String> HELD = line -> line.startsWith("failpoint");

  @TempDir Path folder;
  private SharedLake lake;
  private final Map<String, String> settings = new HashMap<>();
  private final TreeSet<String> ofQueue = new TreeSet<>();

  @AfterEach
  void close() throws IOException {
    if (lake != null) {
      lake.close();
    }
  }

  @Test
  void missesNothingAtTheReceiverThroughKillsAtEachPoint() throws Exception {
    open();
    try (SqsClient sqs = lake.servers().sqs()) {
      sqs.createQueue(create -> create.queueName("out"));
      settings.put("WADI_LAND_SQS_QUEUE", "out");
      settings.put("WADI_FEED_MAX_ROWS", String.valueOf(PIECE));
      int events = 0;
      for (String failpoint :
          List.of(
              "committed",
              "handed-on-some",
              "handed-on-some:3",
              "handed-on",
              "handed-on-noted",
              "handed-on-noted:2")) {
        settings.put("WADI_FAILPOINT", failpoint);
        try (WadiProcess killed = run("a", "caffeine")) {
          events = sendUntilHeld(killed, events);
          killed.awaitError(HELD, "the failpoint " + failpoint);
          killed.kill();
        }
      }

      settings.remove("WADI_FAILPOINT");
      run("a", "caffeine");
      lake.awaitReceived(events);
      assertThat(lake.totals()).containsEntry("landed", (long) events);
      awaitMessages(sqs, events);
    }
  }

  @Test
  void missesNothingAnywhereThroughOutagesKillsAndCompactions() throws Exception {
    open(Service.KINESIS);
    try (SqsClient sqs = lake.servers().sqs();
        StreamClients clients = streams();
        PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"))) {
      KinesisClient kinesis = clients.sending();
      sqs.createQueue(create -> create.queueName("out"));
      kinesis.createStream(create -> create.streamName("out").shardCount(2));
      settings.put("WADI_LAND_SQS_QUEUE", "out");
      settings.put("WADI_LAND_KINESIS_STREAM", "out");
      settings.put("WADI_LAND_POSTGRES_URL", postgres.url("postgres"));
      settings.put("WADI_LAND_POSTGRES_USER", "postgres");
      settings.put("WADI_COMPACT_PERIOD", "1s");
      settings.put("WADI_COMPACT_KEEP", "0s");
      WadiProcess first = run("a", "caffeine");
      lake.send(0, 40);
      lake.awaitReceived(40);
      awaitRows(postgres, 40);

      postgres.stop();
      lake.send(40, 80);
      lake.awaitReceived(80);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(outbound(first))
                      .startsWith("DEGRADED")
                      .contains("land-postgres hands nothing on since"));
      lake.send(80, EVENTS);
      lake.awaitReceived(EVENTS);
      first.kill();
      WadiProcess second = run("a", "caffeine");
      awaitJoined();
      postgres.resume();

      awaitRows(postgres, EVENTS);
      awaitMessages(sqs, EVENTS);
      awaitRecords(kinesis, EVENTS);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(outbound(second)).startsWith("UP"));
      assertThat(lake.totals()).containsEntry("landed", (long) EVENTS);
      assertThat(second.terminate()).as(second.log()).isZero();

      // the note is lost: everything is handed on once more
      List<String> before = rows(postgres);
      forget("land-postgres");
      WadiProcess third = run("a", "caffeine");
      await()
          .atMost(PATIENCE)
          // a note goes when the next has come
          .ignoreException(NoSuchKeyException.class)
          .untilAsserted(() -> assertThat(handedOn("land-postgres")).isEqualTo(EVENTS));
      assertThat(rows(postgres)).isEqualTo(before).hasSize(EVENTS);
      assertThat(third.terminate()).as(third.log()).isZero();
    }
  }

  @Test
  void goesOnInAnotherProcessWhenTheOneIsKilledThatHasTheFeed() throws Exception {
    open(Service.DYNAMODB);
    try (SqsClient sqs = lake.servers().sqs()) {
      sqs.createQueue(create -> create.queueName("out"));
      settings.put("WADI_LAND_SQS_QUEUE", "out");
      settings.put("WADI_FEED_LEASE", "10s");
      settings.put("WADI_DEDUPLICATE_LEASE", "10s");
      WadiProcess one = run("a", "dynamodb");
      WadiProcess two = run("b", "dynamodb");
      lake.send(0, 60);
      lake.awaitReceived(60);
      awaitMessages(sqs, 60);
      // one of them says so of the other
      await().atMost(PATIENCE).until(() -> waits(one) != waits(two));
      (waits(one) ? two : one).kill();
      lake.send(60, EVENTS);
      lake.awaitReceived(EVENTS);
      awaitMessages(sqs, EVENTS);
      assertThat(lake.totals()).containsEntry("landed", (long) EVENTS);
    }
  }

  /**
   * Sends so much at a time that it is a commit each, and more than one piece for the receiver,
   * until the process says that it is held at its failpoint.
   *
   * @param sent how many events went before
   * @return how many there are now
   */
  private int sendUntilHeld(WadiProcess wadi, int sent) throws Exception {
    int events = sent;
    Instant end = Instant.now().plus(PATIENCE);
    do {
      lake.send(events, events + MORE_THAN_A_PIECE);
      events += MORE_THAN_A_PIECE;
      wadi.awaitExit(Duration.ofMillis(1_500));
    } while (Instant.now().isBefore(end)
        && wadi.isAlive()
        && wadi.errors().stream().noneMatch(HELD));
    return events;
  }

  /** Whether a process leaves the feed to another. */
  private boolean waits(WadiProcess wadi) throws Exception {
    return outbound(wadi).contains("land-sqs is handed on by");
  }

  private void open(Service... services) throws Exception {
    lake = new SharedLake(folder.resolve("lake"), services);
  }

  private WadiProcess run(String data, String repository) throws Exception {
    Map<String, String> environment = lake.environment(repository);
    environment.put("WADI_FEED_POLL", "200ms");
    environment.put("WADI_FEED_RETRY_DELAY", "200ms");
    environment.putAll(settings);
    return lake.run(data, environment);
  }

  private StreamClients streams() {
    Map<String, String> credentials = Servers.credentials();
    return new StreamClients(
        Region.of(EmbeddedQueue.REGION),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                credentials.get("AWS_ACCESS_KEY_ID"), credentials.get("AWS_SECRET_ACCESS_KEY"))),
        new StreamClients.Endpoints(lake.servers().endpoint(Service.KINESIS), null, null));
  }

  /** Takes messages from the queue until so many different events have come, and no other. */
  private void awaitMessages(SqsClient sqs, int events) {
    String url = sqs.getQueueUrl(get -> get.queueName("out")).queueUrl();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<Message> messages =
                  sqs.receiveMessage(
                          receive ->
                              receive
                                  .queueUrl(url)
                                  .maxNumberOfMessages(10)
                                  .messageAttributeNames("All"))
                      .messages();
              for (Message message : messages) {
                JsonNode row = JSON.readTree(message.body());
                assertThat(message.messageAttributes().get("event_key").stringValue())
                    .isEqualTo(row.get("event_key").asText());
                ofQueue.add(row.get("event_id").asText());
                sqs.deleteMessage(
                    delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
              }
              return messages.isEmpty() && ofQueue.size() >= events;
            });
    assertThat(ofQueue).hasSize(events).contains("e0", "e" + (events - 1));
  }

  private void awaitRecords(KinesisClient kinesis, int events) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(records(kinesis)).hasSize(events));
  }

  private static TreeSet<String> records(KinesisClient kinesis) throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    for (var shard : kinesis.listShards(list -> list.streamName("out")).shards()) {
      String iterator =
          kinesis
              .getShardIterator(
                  get ->
                      get.streamName("out")
                          .shardId(shard.shardId())
                          .shardIteratorType("TRIM_HORIZON"))
              .shardIterator();
      for (Record record : kinesis.getRecords(get -> get.shardIterator(iterator)).records()) {
        JsonNode row = JSON.readTree(record.data().asByteArray());
        assertThat(record.partitionKey()).isEqualTo(row.get("event_key").asText());
        keys.add(row.get("event_id").asText());
      }
    }
    return keys;
  }

  private static void awaitRows(PostgresServer postgres, int events) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(rows(postgres)).hasSize(events));
  }

  /** What each row is, and which version of it. */
  private static List<String> rows(PostgresServer postgres) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT key || ' ' || (doc->>'id') || ' ' || xmin FROM raw_events ORDER BY key")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  /** The state of the check of what is handed on, and what it says. */
  private static String outbound(WadiProcess wadi) throws Exception {
    Matcher ready =
        wadi.errors().stream()
            .map(Pattern.compile("ready at (http\\S+/)")::matcher)
            .filter(Matcher::find)
            .findFirst()
            .orElseThrow();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(ready.group(1) + "health")).build(),
                HttpResponse.BodyHandlers.ofString());
    for (JsonNode check : JSON.readTree(answer.body()).get("checks")) {
      if (check.get("name").asText().equals("outbound")) {
        return check.get("status").asText() + " " + check.get("detail").asText();
      }
    }
    throw new AssertionError("no check of what is handed on: " + answer.body());
  }

  /** Waits until files were joined and those that they replace are gone. */
  private void awaitJoined() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              try (S3Client s3 = lake.servers().s3()) {
                assertThat(
                        s3.listObjectsV2(list -> list.bucket("lake").prefix("events/")).contents())
                    .hasSize(1);
              }
            });
  }

  private void forget(String feed) {
    try (S3Client s3 = lake.servers().s3()) {
      for (S3Object note : notes(s3, feed)) {
        s3.deleteObject(delete -> delete.bucket("lake").key(note.key()));
      }
    }
  }

  /** How many rows the lake's note says. */
  private int handedOn(String feed) throws IOException {
    try (S3Client s3 = lake.servers().s3()) {
      int rows = 0;
      for (S3Object note : notes(s3, feed)) {
        byte[] bytes = s3.getObjectAsBytes(get -> get.bucket("lake").key(note.key())).asByteArray();
        rows = JSON.readTree(bytes).get("rows").asInt();
      }
      return rows;
    }
  }

  private static List<S3Object> notes(S3Client s3, String feed) {
    return s3
        .listObjectsV2(list -> list.bucket("lake").prefix("_wadi/handed-on/" + feed + "/"))
        .contents()
        .stream()
        .filter(note -> note.key().endsWith(".json"))
        .toList();
  }
}
