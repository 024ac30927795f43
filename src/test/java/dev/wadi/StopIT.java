package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.Weather;
import dev.wadi.local.Credentials;
import dev.wadi.local.EmbeddedQueue;
import dev.wadi.local.EmbeddedStore;
import dev.wadi.process.WadiProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The packaged application with its queue and store in this process, behind a proxy: how it stops,
 * and what its health says, while the store is away.
 */
@Tag("integration")
class StopIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * Beyond the time that a stop waits: well below that time once more for each source and route.
   */
  private static final Duration FEW_SECONDS = Duration.ofSeconds(18);

  @TempDir Path folder;
  private final Credentials credentials = Credentials.random(new SecureRandom());
  private EmbeddedQueue queue;
  private EmbeddedStore store;
  private FaultProxy storeProxy;
  private SqsClient sqs;
  private String events;

  @BeforeEach
  void open() {
    queue =
        EmbeddedQueue.open(
            folder.resolve("queue.sqlite"), 0, List.of("events", "events-dlq"), () -> {});
    store = EmbeddedStore.open(folder.resolve("store"), List.of("lake"), 0, credentials);
    storeProxy = new FaultProxy(store.endpoint());
    sqs =
        SqsClient.builder()
            .endpointOverride(queue.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .httpClient(ApacheHttpClient.create())
            .build();
    events = sqs.getQueueUrl(get -> get.queueName("events")).queueUrl();
  }

  @AfterEach
  void close() throws Exception {
    sqs.close();
    storeProxy.close();
    store.close();
    queue.close();
  }

  @Test
  void endsInItsTimeThoughTheStoreHangs() throws Exception {
    try (WadiProcess wadi = start()) {
      storeProxy.set(
          Weather.of(1, List.of(Fate.hang(Duration.ofMinutes(10))), new java.util.Random(1)));
      send("a");
      await().atMost(PATIENCE).until(() -> hidden() == 1);
      // the commit is under way, and its put hangs
      await().atMost(PATIENCE).until(() -> storeProxy.faults() > 0);

      long began = System.nanoTime();
      int exitCode = wadi.terminate();

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as("how long the stop took:\n%s", wadi.log())
          .isBetween(TIMEOUT, TIMEOUT.plus(FEW_SECONDS));
      assertThat(exitCode).as("something was left").isEqualTo(1);
      assertThat(messages()).isEqualTo(1);
    }
    storeProxy.set(Weather.CLEAR);
    try (WadiProcess wadi = start()) {
      await().atMost(PATIENCE).until(() -> messages() == 0);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
  }

  @Test
  void isNotReadyWhileItHoldsWhatDoesNotLandAndRecovers() throws Exception {
    try (WadiProcess wadi = start()) {
      String health =
          wadi.errors().stream()
                  .filter(line -> line.startsWith("ready at "))
                  .map(line -> line.split(" ")[2])
                  .findFirst()
                  .orElseThrow()
              + "health";
      await().atMost(PATIENCE).until(() -> get(health).statusCode() == 200);
      assertThat(get(health).body()).contains("\"landing\"");
      storeProxy.set(Weather.of(1, List.of(Fate.SLOW_DOWN), new java.util.Random(1)));
      send("a");
      await().atMost(PATIENCE).until(() -> get(health).body().contains("holds what doesn't land"));
      assertThat(get(health).statusCode()).isEqualTo(503);
      assertThat(messages()).isEqualTo(1);

      storeProxy.set(Weather.CLEAR);
      await().atMost(PATIENCE).until(() -> messages() == 0);
      await().atMost(PATIENCE).until(() -> get(health).statusCode() == 200);
      assertThat(wadi.terminate()).as("exit code:\n%s", wadi.log()).isZero();
    }
  }

  private WadiProcess start() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", credentials.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretKey());
    environment.put("WADI_AWS_SQS_ENDPOINT", queue.endpoint().toString());
    environment.put("WADI_AWS_S3_ENDPOINT", storeProxy.endpoint().toString());
    environment.put("WADI_SHUTDOWN_TIMEOUT", TIMEOUT.toSeconds() + "s");
    environment.put("WADI_LAND_MAX_AGE", "200ms");
    environment.put("WADI_LAND_FIRST_AGE", "200ms");
    environment.put("WADI_LAND_RETRY_DELAY", "100ms");
    environment.put("WADI_LAND_RETRY_ATTEMPTS", "1");
    environment.put("WADI_INTAKE_VISIBILITY", "5s");
    WadiProcess wadi =
        WadiProcess.start(
            environment,
            "run",
            "--profile",
            "aws",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    wadi.awaitError(line -> line.startsWith("ready"), "readiness");
    return wadi;
  }

  private void send(String id) {
    sqs.sendMessage(send -> send.queueUrl(events).messageBody(RouteFixture.event(id, "s")));
  }

  private int hidden() {
    return attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  private int messages() {
    return hidden() + attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  private int attribute(QueueAttributeName name) {
    return Integer.parseInt(
        sqs.getQueueAttributes(get -> get.queueUrl(events).attributeNames(name))
            .attributes()
            .get(name));
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
