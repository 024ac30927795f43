package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.docs.MarkdownPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The route of one's own in docs/outbound.md, as it is printed. */
@Tag("unit")
class OutboundPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  @TempDir Path routes;

  @Test
  void handsOnWhatThePageSays() throws Exception {
    for (MarkdownPage.Block block : MarkdownPage.read(Path.of("docs/outbound.md")).blocks()) {
      if (block.fileName() != null) {
        Files.writeString(routes.resolve(Path.of(block.fileName()).getFileName()), block.text());
      }
    }
    try (RouteFixture wadi = new RouteFixture(data, routes).start()) {
      wadi.send(RouteFixture.event("a", "one"));
      wadi.send(
          RouteFixture.event("b", "two")
              .replace("dev.cdevents.build.started.0.3.0", "dev.cdevents.change.created.0.4.1"));
      wadi.send(RouteFixture.event("c", "three"));
      await()
          .atMost(RouteFixture.patience())
          .until(() -> wadi.column("events", "event_key").size() == 3);

      List<JsonNode> received = receive(wadi.services.sqs(), 2);
      assertThat(received)
          .extracting(row -> row.get("event_id").asText())
          .containsExactlyInAnyOrder("a", "c");
      assertThat(received)
          .allSatisfy(
              row -> {
                assertThat(row.get("event_type").asText()).isEqualTo("build.started");
                assertThat(row.has("_doc")).isFalse();
              });
    }
  }

  private static List<JsonNode> receive(SqsClient sqs, int count) {
    List<JsonNode> rows = new ArrayList<>();
    await()
        .atMost(RouteFixture.patience())
        .ignoreException(QueueDoesNotExistException.class)
        .until(
            () -> {
              String url = sqs.getQueueUrl(get -> get.queueName("builds")).queueUrl();
              for (var message :
                  sqs.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10))
                      .messages()) {
                rows.add(JSON.readTree(message.body()));
              }
              return rows.size() >= count;
            });
    return rows;
  }
}
