package dev.wadi.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.process.Servers.Service;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A lake in a bucket, a queue before it, and the processes that write to it. */
public final class SharedLake implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(600);
  private static final List<String> TERMS =
      List.of("received", "landed", "duplicates", "conflicts", "rejected");
  private static final String COMMITS = "_wadi/commits/";
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Servers servers;
  private final S3Client s3;
  private final SqsClient sqs;
  private final String queue;
  private final List<WadiProcess> started = new ArrayList<>();

  /**
   * @param folder an empty one, for servers and data folders
   * @param needed beside the queue and the store
   */
  public SharedLake(Path folder, Service... needed) throws IOException, InterruptedException {
    this.folder = folder;
    List<Service> all = new ArrayList<>(List.of(needed));
    all.addAll(List.of(Service.SQS, Service.S3));
    servers =
        Servers.open(
            Files.createDirectories(folder.resolve("servers")), all.toArray(Service[]::new));
    s3 = servers.s3();
    sqs = servers.sqs();
    s3.createBucket(create -> create.bucket("lake"));
    queue = sqs.createQueue(create -> create.queueName("events")).queueUrl();
    sqs.createQueue(create -> create.queueName("events-dlq"));
  }

  public Servers servers() {
    return servers;
  }

  /** The data folder of this name, made if it isn't there. */
  public Path data(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** What a process has in its environment; more may be put. */
  public Map<String, String> environment(String repository) {
    Map<String, String> environment = new HashMap<>(Servers.credentials());
    for (Service service : Service.values()) {
      if (servers.endpoint(service) != null) {
        environment.put("WADI_AWS_" + service + "_ENDPOINT", servers.endpoint(service).toString());
      }
    }
    environment.put("WADI_DEDUPLICATE_REPOSITORY", repository);
    environment.put("WADI_DEDUPLICATE_TABLE", "claims");
    environment.put("WADI_DEDUPLICATE_CREATE_TABLE", "true");
    environment.put("WADI_DECODE_SHAPE", "json");
    environment.put("WADI_LAND_FIRST_AGE", "1s");
    environment.put("WADI_LAND_MAX_AGE", "1s");
    environment.put("WADI_INTAKE_MAX_WAIT", "200ms");
    return environment;
  }

  /** Starts a process, and waits until it is ready. */
  public WadiProcess run(String data, Map<String, String> environment) throws Exception {
    WadiProcess wadi =
        WadiProcess.start(
            environment, "run", "--profile", "aws", "--data", data(data).toString(), "--port", "0");
    started.add(wadi);
    wadi.awaitError(line -> line.startsWith("ready at"), "readiness");
    return wadi;
  }

  /** The event of a number; the same each time. */
  public static String event(int number) {
    return "{\"id\":\"e%d\",\"type\":\"t\",\"time\":\"2026-11-20T10:00:00Z\",\"n\":%d}"
        .formatted(number, number);
  }

  /** Sends events of these numbers to the queue, ten in a message. */
  public void send(int from, int to) {
    for (int first = from; first < to; first += 10) {
      List<String> events = new ArrayList<>();
      for (int n = first; n < Math.min(to, first + 10); n++) {
        events.add(event(n));
      }
      String body = "[" + String.join(",", events) + "]";
      sqs.sendMessage(message -> message.queueUrl(queue).messageBody(body));
    }
  }

  /** Waits until the commits that stand account for so many. */
  public void awaitReceived(long events) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(totals()).containsEntry("received", events));
  }

  /** What the commits that stand account for. */
  public Map<String, Long> totals() throws IOException {
    Map<String, Long> totals = new TreeMap<>();
    TERMS.forEach(term -> totals.put(term, 0L));
    for (String commit : commits()) {
      byte[] marker = s3.getObjectAsBytes(get -> get.bucket("lake").key(key(commit))).asByteArray();
      for (JsonNode source : JSON.readTree(marker).path("sources")) {
        TERMS.forEach(term -> totals.merge(term, source.path(term).asLong(), Long::sum));
      }
    }
    return totals;
  }

  /** The ids of the commits that are settled, in their order. */
  public List<String> commits() {
    return s3
        .listObjectsV2Paginator(list -> list.bucket("lake").prefix(COMMITS))
        .contents()
        .stream()
        .map(marker -> marker.key().substring(COMMITS.length()))
        // others are puts of the embedded store that are not done yet
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }

  /** Puts the marker of a commit that some writer has given up. */
  public void giveUp(String commit) {
    String marker =
        """
        {"commit":"%s","state":"ABORTED","writer":"another","cut_at":"2026-11-20T10:00:00Z",\
        "committed_at":"2026-11-20T10:00:00Z","files":[],"sources":{},"dead_letters":[]}"""
            .formatted(commit);
    s3.putObject(put -> put.bucket("lake").key(key(commit)), RequestBody.fromString(marker));
  }

  private static String key(String commit) {
    return COMMITS + commit + SUFFIX;
  }

  @Override
  public void close() throws IOException {
    started.forEach(WadiProcess::close);
    s3.close();
    sqs.close();
    servers.close();
  }
}
