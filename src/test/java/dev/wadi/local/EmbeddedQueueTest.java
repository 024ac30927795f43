package dev.wadi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wadi.event.SetupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Tag("integration")
class EmbeddedQueueTest {

  private static final List<String> QUEUES = List.of("events", "events-dlq");

  @TempDir Path folder;

  @Test
  void keepsWhatItAcceptedWhenItIsClosedAndOpenedAgain() {
    Path file = folder.resolve("queue/messages.sqlite");
    try (EmbeddedQueue queue = EmbeddedQueue.open(file, 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      for (int i = 0; i < 25; i++) {
        send(client, "events", "event " + i);
      }
      send(client, "events-dlq", "dead");
    }

    try (EmbeddedQueue queue = EmbeddedQueue.open(file, 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      assertThat(drain(client, "events")).hasSize(25).contains("event 0", "event 24");
      assertThat(drain(client, "events-dlq")).containsExactly("dead");
    }
  }

  @Test
  void doesNotMixUpTheFilesOfTwoQueuesThatRunOneAfterTheOther() {
    try (EmbeddedQueue queue =
            EmbeddedQueue.open(folder.resolve("one.sqlite"), 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      send(client, "events", "of one");
    }
    try (EmbeddedQueue queue =
            EmbeddedQueue.open(folder.resolve("two.sqlite"), 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      assertThat(drain(client, "events")).isEmpty();
    }
    try (EmbeddedQueue queue =
            EmbeddedQueue.open(folder.resolve("one.sqlite"), 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      assertThat(drain(client, "events")).containsExactly("of one");
    }
  }

  @Test
  void makesTheQueuesWithThirtySecondsOfVisibilityAndWithoutRedrive() {
    try (EmbeddedQueue queue = EmbeddedQueue.open(folder.resolve("q.sqlite"), 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      assertThat(client.listQueues().queueUrls())
          .containsExactlyInAnyOrder(
              queue.endpoint() + "/000000000000/events",
              queue.endpoint() + "/000000000000/events-dlq");
      assertThat(
              client
                  .getQueueAttributes(
                      get ->
                          get.queueUrl(url(client, "events"))
                              .attributeNames(QueueAttributeName.ALL))
                  .attributes())
          .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
          .doesNotContainKey(QueueAttributeName.REDRIVE_POLICY);
    }
  }

  /** The trap: a storage actor that starts again is empty, and acknowledges what it drops. */
  @Test
  void refusesMessagesWhenItsStorageHasFailed() throws Exception {
    Path file = folder.resolve("q.sqlite");
    try (EmbeddedQueue queue = EmbeddedQueue.open(file, 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      send(client, "events", "stored");
      execute(file, "DROP TABLE %s");

      assertThatThrownBy(() -> send(client, "events", "lost")).isInstanceOf(SdkException.class);
    }
  }

  @Test
  void tellsNobodyWhenItIsClosed() {
    AtomicBoolean told = new AtomicBoolean();
    EmbeddedQueue.open(folder.resolve("q.sqlite"), 0, QUEUES, () -> told.set(true)).close();
    assertThat(told).isFalse();
  }

  @Test
  void goesOnOnceItsStorageIsWellAgain() throws Exception {
    Path file = folder.resolve("q.sqlite");
    try (EmbeddedQueue queue = EmbeddedQueue.open(file, 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      send(client, "events", "before");
      execute(file, "ALTER TABLE %s RENAME TO away_%s");
      assertThatThrownBy(() -> send(client, "events", "refused")).isInstanceOf(SdkException.class);
      execute(file, "ALTER TABLE away_%s RENAME TO %s");
      try (SqsClient other = client(queue.endpoint())) {
        send(other, "events", "after");
      }
    }

    try (EmbeddedQueue queue = EmbeddedQueue.open(file, 0, QUEUES, () -> {});
        SqsClient client = client(queue.endpoint())) {
      assertThat(drain(client, "events")).containsExactlyInAnyOrder("before", "after");
    }
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () ->
                  EmbeddedQueue.open(
                      folder.resolve("q.sqlite"), taken.getLocalPort(), QUEUES, () -> {}))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("wadi.local.queue-port")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void namesTheFileThatIsNoDatabase() throws IOException {
    Path file = Files.writeString(folder.resolve("q.sqlite"), "no database\n".repeat(100));
    assertThatThrownBy(() -> EmbeddedQueue.open(file, 0, QUEUES, () -> {}))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("\n");
    assertThat(file).content().startsWith("no database");
  }

  /** A statement for each table of messages. */
  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : messageTables(statement)) {
        statement.execute(sql.replace("%s", table));
      }
    }
  }

  private static List<String> messageTables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        statement.executeQuery(
            "SELECT name FROM sqlite_master WHERE name LIKE '%message%' AND type = 'table'")) {
      while (tables.next()) {
        names.add(tables.getString(1).replace("away_", ""));
      }
    }
    assertThat(names).hasSize(2);
    return names;
  }

  private static SqsClient client(URI endpoint) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(EmbeddedQueue.REGION))
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(retry -> retry.maxAttempts(1))
                    .apiCallTimeout(Duration.ofSeconds(40)))
        .build();
  }

  private static String url(SqsClient client, String queue) {
    return client.getQueueUrl(get -> get.queueName(queue)).queueUrl();
  }

  private static void send(SqsClient client, String queue, String body) {
    client.sendMessage(send -> send.queueUrl(url(client, queue)).messageBody(body));
  }

  private static List<String> drain(SqsClient client, String queue) {
    List<String> bodies = new ArrayList<>();
    List<Message> received;
    do {
      received =
          client
              .receiveMessage(
                  receive -> receive.queueUrl(url(client, queue)).maxNumberOfMessages(10))
              .messages();
      received.forEach(message -> bodies.add(message.body()));
    } while (!received.isEmpty());
    return bodies;
  }
}
