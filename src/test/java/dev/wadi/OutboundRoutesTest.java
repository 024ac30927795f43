package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.event.TransientException;
import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.HealthCheck;
import dev.wadi.ops.Setting;
import dev.wadi.process.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What lands goes on to a queue and to PostgreSQL, by the routes as they are. */
@Tag("unit")
class OutboundRoutesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  @TempDir Path postgres;

  @Test
  void handsOnWhatHasLandedToAQueueThoughItIsOutAtFirst() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (RouteFixture wadi =
        new RouteFixture(data, null, quick(Setting.LAND_SQS_QUEUE, "handed-on"))) {
      wadi.advise(
              "land-sqs",
              route ->
                  route
                      .weaveById("land-sqs-send-messages")
                      .before()
                      .process(
                          exchange -> {
                            if (tries.incrementAndGet() < 3) {
                              throw new TransientException("the queue is out", null);
                            }
                          }))
          .start();
      wadi.send(RouteFixture.event("a", "one"));
      wadi.send("[" + RouteFixture.event("b", "two") + "," + RouteFixture.event("b", "two") + "]");

      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.column("events", "event_key").size() == 2);
      Map<String, String> received = receive(wadi, "handed-on", 2);
      assertThat(received.keySet())
          .containsExactlyInAnyOrderElementsOf(wadi.column("events", "event_key"));
      assertThat(received.values())
          .allSatisfy(body -> assertThat(body).contains("\"event_type\":", "\"_doc\":"));
      assertThat(tries.get()).isGreaterThanOrEqualTo(3);
      await().atMost(RouteFixture.patience()).until(() -> status(wadi).lastError().isEmpty());
    }
  }

  @Test
  void isDegradedAndReadyWhileTheReceiverIsOutAndEventsGoOnLanding() throws Exception {
    Map<String, String> settings =
        quick(Setting.LAND_POSTGRES_URL, "jdbc:postgresql://127.0.0.1:1/x");
    try (RouteFixture wadi = new RouteFixture(data, null, settings).start()) {
      wadi.send(RouteFixture.event("a", "one"));
      await().atMost(RouteFixture.patience()).until(() -> wadi.held("events") == 0);
      await().atMost(RouteFixture.patience()).until(() -> status(wadi).lastError().isPresent());
      HealthCheck.Result health =
          new OutboundCheck(() -> wadi.camel.getRegistry().findByType(FeedStatus.class)).ask();
      assertThat(health.state()).isEqualTo(HealthCheck.State.DEGRADED);
      assertThat(health.detail()).contains("land-postgres hands nothing on since");

      wadi.send(RouteFixture.event("b", "two"));
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.column("events", "event_key").size() == 2);
    }
  }

  @Test
  void loadsTheRawCopyAgainWithoutASecondRowWhenItsNoteIsLost() throws Exception {
    try (PostgresServer server = PostgresServer.start(postgres.resolve("data"))) {
      Map<String, String> settings = quick(Setting.LAND_POSTGRES_URL, server.url("postgres"));
      settings.put(Setting.LAND_POSTGRES_USER.property(), "postgres");
      List<String> landed;
      try (RouteFixture wadi = new RouteFixture(data, null, settings).start()) {
        wadi.send(RouteFixture.event("a", "one"));
        wadi.send(RouteFixture.event("b", "a\\u0000b"));
        wadi.send(RouteFixture.event("c", "three"));
        await()
            .atMost(RouteFixture.patience())
            .ignoreExceptions()
            .until(() -> column(server, "SELECT key FROM raw_events").size() == 2);
        await().atMost(RouteFixture.patience()).until(() -> below("_wadi/refused").size() == 1);
        landed = wadi.column("events", "event_key");
      }
      List<String> before =
          column(server, "SELECT key || xmin || ctid FROM raw_events ORDER BY key");
      for (Path note : below("_wadi/handed-on")) {
        Files.delete(note);
      }
      try (RouteFixture wadi = new RouteFixture(data, null, settings).start()) {
        await()
            .atMost(RouteFixture.patience())
            .until(() -> wadi.metrics.registry().find("wadi.feed.rows").counter() != null);
        await().atMost(RouteFixture.patience()).until(() -> status(wadi).looks() > 1);
        assertThat(wadi.metrics.registry().get("wadi.feed.rows").counter().count()).isEqualTo(3);
      }
      assertThat(column(server, "SELECT key || xmin || ctid FROM raw_events ORDER BY key"))
          .as("no row is new or another")
          .isEqualTo(before);
      String refused = Files.readString(below("_wadi/refused").get(0));
      List<String> accounted = column(server, "SELECT key FROM raw_events");
      accounted.add(JSON.readTree(refused).get("event_key").asText());
      assertThat(accounted).containsExactlyInAnyOrderElementsOf(landed);
      assertThat(JSON.readTree(refused).get("reason").asText()).startsWith("22P05");
    }
  }

  private static Map<String, String> quick(Setting setting, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put(setting.property(), value);
    settings.put(Setting.FEED_POLL.property(), "50ms");
    settings.put(Setting.FEED_RETRY_DELAY.property(), "50ms");
    return settings;
  }

  private static FeedStatus status(RouteFixture wadi) {
    return wadi.camel.getRegistry().findByType(FeedStatus.class).iterator().next();
  }

  private List<Path> below(String folder) throws IOException {
    Path root = data.resolve("lake").resolve(folder);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  /** The bodies by event_key, when there are so many. */
  private static Map<String, String> receive(RouteFixture wadi, String queue, int count) {
    Map<String, String> bodies = new HashMap<>();
    SqsClient sqs = wadi.services.sqs();
    String url = sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
    await()
        .atMost(RouteFixture.patience())
        .until(
            () -> {
              for (Message message :
                  sqs.receiveMessage(
                          receive ->
                              receive
                                  .queueUrl(url)
                                  .maxNumberOfMessages(10)
                                  .messageAttributeNames("All"))
                      .messages()) {
                bodies.put(
                    message.messageAttributes().get("event_key").stringValue(), message.body());
              }
              return bodies.size() >= count;
            });
    return bodies;
  }

  private static List<String> column(PostgresServer server, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
