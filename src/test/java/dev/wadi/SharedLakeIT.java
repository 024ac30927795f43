package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.Servers;
import dev.wadi.process.Servers.Service;
import dev.wadi.process.WadiCommands;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A lake in a bucket that one process writes, then two that share a table, then one again; every
 * event comes each time and lands once.
 */
@Tag("integration")
class SharedLakeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private Servers servers;
  private S3Client s3;
  private SqsClient sqs;
  private String queue;
  private final List<WadiProcess> started = new ArrayList<>();
  private int sent;

  @BeforeEach
  void open() throws Exception {
    servers =
        Servers.open(
            Files.createDirectories(folder.resolve("servers")),
            Service.SQS,
            Service.S3,
            Service.DYNAMODB);
    s3 = servers.s3();
    sqs = servers.sqs();
    s3.createBucket(create -> create.bucket("lake"));
    queue = sqs.createQueue(create -> create.queueName("events")).queueUrl();
    sqs.createQueue(create -> create.queueName("events-dlq"));
  }

  @AfterEach
  void close() throws IOException {
    started.forEach(WadiProcess::close);
    if (servers != null) {
      s3.close();
      sqs.close();
      servers.close();
    }
  }

  @Test
  void landsEachEventOnceWhoeverWritesTheLake() throws Exception {
    WadiProcess alone = run("a", "caffeine");
    send(0, EVENTS);
    awaitReceived(EVENTS);
    assertThat(totals()).containsEntry("landed", (long) EVENTS).containsEntry("duplicates", 0L);
    assertThat(alone.terminate()).as(alone.log()).isZero();

    WadiProcess one = run("b", "dynamodb");
    WadiProcess two = run("c", "dynamodb");
    // all that landed before, and as much that is new
    send(0, 2 * EVENTS);
    awaitReceived(3 * EVENTS);
    assertThat(totals())
        .containsEntry("landed", 2L * EVENTS)
        .containsEntry("duplicates", (long) EVENTS);

    WadiCommands refused = new WadiCommands(folder.resolve("d"), environment("caffeine"));
    Files.createDirectories(folder.resolve("d"));
    assertThat(refused.refusal(1, "run", "--profile", "aws", "--port", "0"))
        .contains("share the table claims")
        .contains("wadi ledger rebuild --alone");
    assertThat(one.terminate()).as(one.log()).isZero();
    assertThat(two.terminate()).as(two.log()).isZero();

    // the folder that was alone before: its ledger lacks what others have landed since
    try (WadiProcess back =
        WadiProcess.start(
            environment("caffeine"),
            "ledger",
            "rebuild",
            "--alone",
            "--profile",
            "aws",
            "--data",
            folder.resolve("a").toString())) {
      assertThat(back.waitFor()).as(back.log()).isZero();
    }
    run("a", "caffeine");
    send(0, 2 * EVENTS);
    awaitReceived(5 * EVENTS);
    assertThat(totals())
        .containsEntry("landed", 2L * EVENTS)
        .containsEntry("duplicates", 3L * EVENTS);
  }

  @Test
  void endsAWriterThatIsAloneWhenAnotherBeginsToWrite() throws Exception {
    WadiProcess first = run("a", "caffeine");
    send(0, 10);
    awaitReceived(10);

    run("b", "caffeine");
    send(10, 20);

    awaitReceived(20);
    // it notices when it next would commit
    for (int from = 20; first.isAlive() && from < 2_000; from += 10) {
      send(from, from + 10);
      first.awaitExit(Duration.ofSeconds(2));
    }
    assertThat(first.waitFor()).as(first.log()).isEqualTo(1);
    assertThat(first.errors()).anyMatch(line -> line.contains("may not write to it any more"));
    awaitReceived(sent);
    assertThat(totals()).containsEntry("landed", (long) sent).containsEntry("duplicates", 0L);
  }

  private WadiProcess run(String data, String repository) throws Exception {
    WadiProcess wadi =
        WadiProcess.start(
            environment(repository),
            "run",
            "--profile",
            "aws",
            "--data",
            folder.resolve(data).toString(),
            "--port",
            "0");
    started.add(wadi);
    wadi.awaitError(line -> line.startsWith("ready at"), "readiness");
    return wadi;
  }

  private Map<String, String> environment(String repository) {
    Map<String, String> environment = new HashMap<>(Servers.credentials());
    environment.put("WADI_AWS_SQS_ENDPOINT", servers.endpoint(Service.SQS).toString());
    environment.put("WADI_AWS_S3_ENDPOINT", servers.endpoint(Service.S3).toString());
    environment.put("WADI_AWS_DYNAMODB_ENDPOINT", servers.endpoint(Service.DYNAMODB).toString());
    environment.put("WADI_DEDUPLICATE_REPOSITORY", repository);
    environment.put("WADI_DEDUPLICATE_TABLE", "claims");
    environment.put("WADI_DEDUPLICATE_CREATE_TABLE", "true");
    environment.put("WADI_DECODE_SHAPE", "json");
    environment.put("WADI_LAND_FIRST_AGE", "1s");
    environment.put("WADI_LAND_MAX_AGE", "1s");
    environment.put("WADI_INTAKE_MAX_WAIT", "200ms");
    return environment;
  }

  /** Sends events of these numbers, ten in a message. */
  private void send(int from, int to) {
    for (int first = from; first < to; first += 10) {
      List<String> events = new ArrayList<>();
      for (int n = first; n < Math.min(to, first + 10); n++) {
        events.add(
            "{\"id\":\"e%d\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"n\":%d}"
                .formatted(n, n));
      }
      String body = "[" + String.join(",", events) + "]";
      sqs.sendMessage(message -> message.queueUrl(queue).messageBody(body));
    }
    sent = Math.max(sent, to);
  }

  private void awaitReceived(long events) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(totals()).containsEntry("received", events));
  }

  /** What the commits that stand account for. */
  private Map<String, Long> totals() throws IOException {
    Map<String, Long> totals = new TreeMap<>();
    for (S3Object marker :
        s3.listObjectsV2Paginator(list -> list.bucket("lake").prefix("_wadi/commits/"))
            .contents()) {
      if (!marker.key().endsWith(".json")) {
        // a put of the embedded store that is not done yet
        continue;
      }
      byte[] bytes = s3.getObjectAsBytes(get -> get.bucket("lake").key(marker.key())).asByteArray();
      for (JsonNode source : JSON.readTree(bytes).path("sources")) {
        for (String term : List.of("received", "landed", "duplicates", "conflicts", "rejected")) {
          totals.merge(term, source.path(term).asLong(), Long::sum);
        }
      }
    }
    return totals;
  }
}
