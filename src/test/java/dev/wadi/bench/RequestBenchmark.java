package dev.wadi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.RequestTally;
import dev.wadi.process.Servers;
import dev.wadi.process.Servers.Service;
import dev.wadi.process.WadiProcess;
import dev.wadi.simulator.FaultRates;
import dev.wadi.simulator.Simulator;
import dev.wadi.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Counts what a {@code wadi run --profile aws} of its own asks of AWS's services for each million
 * events, by a proxy before each server, and prints it as docs/sizing/measured.csv has it. What the
 * senders ask isn't counted.
 */
public final class RequestBenchmark {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALL = 10;
  private static final long SECOND = 1_000_000_000L;

  private final Servers servers;
  private final S3Client s3;
  private final SqsClient sqs;
  private final RequestTally tally = new RequestTally();
  private final Map<Service, FaultProxy> proxies = new EnumMap<>(Service.class);
  private final Map<String, JsonNode> markers = new HashMap<>();

  private RequestBenchmark(Servers servers, Set<Service> used) {
    this.servers = servers;
    s3 = servers.s3();
    sqs = servers.sqs();
    used.forEach(service -> proxies.put(service, new FaultProxy(servers.endpoint(service), tally)));
  }

  /**
   * @param arguments queue, stream, drops or http; caffeine or dynamodb; events a second; seconds.
   *     Wadi's settings may stand in the environment
   */
  public static void main(String[] arguments) throws Exception {
    String from = arguments[0];
    String repository = arguments[1];
    int rate = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    Set<Service> used = new HashSet<>(Set.of(Service.SQS, Service.S3));
    if (from.equals("stream")) {
      used.add(Service.KINESIS);
    }
    if (from.equals("stream") || repository.equals("dynamodb")) {
      used.add(Service.DYNAMODB);
    }
    Path folder = Files.createTempDirectory(Path.of("target"), "requests");
    Servers.letThisProcessIn();
    try (Servers servers = Servers.open(folder.resolve("servers"), used.toArray(Service[]::new))) {
      new RequestBenchmark(servers, used).run(folder, from, repository, rate, seconds);
    }
    System.exit(0);
  }

  private void run(Path folder, String from, String repository, int rate, int seconds)
      throws Exception {
    s3.createBucket(create -> create.bucket("lake"));
    s3.createBucket(create -> create.bucket("raw"));
    for (String queue : List.of("events", "events-dlq", "drops")) {
      sqs.createQueue(create -> create.queueName(queue));
    }
    Sender sender = sender(from);
    try (WadiProcess wadi =
        WadiProcess.start(
            environment(from, repository),
            "run",
            "--profile",
            "aws",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0")) {
      wadi.awaitError(line -> line.startsWith("ready at"), "readiness");
      if (sender instanceof Poster poster) {
        poster.port = port(wadi);
      }
      tally.take();
      Duration before = cpu();
      long began = System.nanoTime();
      send(sender, rate, seconds);
      while (received() < (long) rate * seconds) {
        LockSupport.parkNanos(SECOND);
      }
      // what was accounted for is acknowledged now
      LockSupport.parkNanos(5 * SECOND);
      print(from, repository, rate, System.nanoTime() - began, cpu().minus(before));
      wadi.terminate();
    }
  }

  private void send(Sender sender, int rate, int seconds) throws Exception {
    Simulator simulator =
        new Simulator(SimulatorOptions.live(1, FaultRates.NONE), Clock.systemUTC());
    long began = System.nanoTime();
    for (int tick = 0; tick < seconds; tick++) {
      List<String> events =
          IntStream.range(0, rate)
              .mapToObj(n -> new String(simulator.next().bytes(), StandardCharsets.UTF_8))
              .toList();
      sender.send(events);
      LockSupport.parkNanos(began + (tick + 1) * SECOND - System.nanoTime());
    }
  }

  private void print(String from, String repository, int rate, long nanos, Duration cpu) {
    long files = 0;
    long bytes = 0;
    for (JsonNode marker : markers.values()) {
      for (JsonNode file : marker.path("files")) {
        files++;
        bytes += file.path("bytes").asLong();
      }
    }
    long events = received();
    String run = from + "," + repository + "," + rate;
    System.out.println("from,repository,rate,what,count");
    System.out.println(run + ",events," + events);
    System.out.println(run + ",seconds," + nanos / SECOND);
    System.out.println(run + ",commits," + markers.size());
    System.out.println(run + ",files," + files);
    System.out.println(run + ",bytes in files," + bytes);
    System.out.println(run + ",CPU milliseconds," + cpu.toMillis());
    tally.take().forEach((what, count) -> System.out.println(run + "," + what + "," + count));
  }

  private Map<String, String> environment(String from, String repository) {
    Map<String, String> environment = new HashMap<>(Servers.credentials());
    proxies.forEach(
        (service, proxy) ->
            environment.put("WADI_AWS_" + service + "_ENDPOINT", proxy.endpoint().toString()));
    environment.put("WADI_DEDUPLICATE_REPOSITORY", repository);
    environment.put("WADI_DEDUPLICATE_CREATE_TABLE", "true");
    if (from.equals("stream")) {
      environment.put("WADI_INTAKE_STREAM", "events");
    }
    if (from.equals("drops")) {
      environment.put("WADI_INTAKE_DROPS_QUEUE", "drops");
    }
    return environment;
  }

  /** What the commits that stand account for. */
  private long received() {
    s3
        .listObjectsV2Paginator(list -> list.bucket("lake").prefix("_wadi/commits/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> key.endsWith(".json"))
        .forEach(key -> markers.computeIfAbsent(key, this::marker));
    long received = 0;
    for (JsonNode marker : markers.values()) {
      for (JsonNode source : marker.path("sources")) {
        received += source.path("received").asLong();
      }
    }
    return received;
  }

  private JsonNode marker(String key) {
    try {
      return JSON.readTree(s3.getObjectAsBytes(get -> get.bucket("lake").key(key)).asByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Sender sender(String from) {
    return switch (from) {
      case "queue" -> this::toQueue;
      case "stream" -> stream();
      case "drops" -> this::asFile;
      case "http" -> new Poster();
      default -> throw new IllegalArgumentException("from queue, stream, drops or http");
    };
  }

  private void toQueue(List<String> events) {
    String url = sqs.getQueueUrl(get -> get.queueName("events")).queueUrl();
    for (List<String> ten : parts(events, CALL)) {
      sqs.sendMessageBatch(
          send ->
              send.queueUrl(url)
                  .entries(
                      IntStream.range(0, ten.size())
                          .mapToObj(
                              n ->
                                  SendMessageBatchRequestEntry.builder()
                                      .id("m" + n)
                                      .messageBody(ten.get(n))
                                      .build())
                          .toList()));
    }
  }

  private Sender stream() {
    System.setProperty("aws.cborEnabled", "false");
    KinesisClient kinesis =
        KinesisClient.builder().endpointOverride(servers.endpoint(Service.KINESIS)).build();
    kinesis.createStream(create -> create.streamName("events").shardCount(2));
    kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName("events"));
    return events -> {
      for (List<String> call : parts(events, 500)) {
        kinesis.putRecords(
            put ->
                put.streamName("events")
                    .records(
                        call.stream()
                            .map(
                                event ->
                                    PutRecordsRequestEntry.builder()
                                        .partitionKey(Integer.toString(event.hashCode()))
                                        .data(SdkBytes.fromUtf8String(event))
                                        .build())
                            .toList()));
      }
    };
  }

  /** One object a second, and its notification. */
  private void asFile(List<String> events) {
    String key = "events-" + System.nanoTime() + ".jsonl";
    String body = String.join("\n", events) + "\n";
    s3.putObject(put -> put.bucket("raw").key(key), RequestBody.fromString(body));
    String notice =
        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":"
            + "{\"name\":\"raw\"},\"object\":{\"key\":\"%s\",\"sequencer\":\"01\"}}}]}"
                .formatted(key);
    String url = sqs.getQueueUrl(get -> get.queueName("drops")).queueUrl();
    sqs.sendMessage(send -> send.queueUrl(url).messageBody(notice));
  }

  private static List<List<String>> parts(List<String> all, int size) {
    List<List<String>> parts = new ArrayList<>();
    for (int first = 0; first < all.size(); first += size) {
      parts.add(all.subList(first, Math.min(first + size, all.size())));
    }
    return parts;
  }

  private static int port(WadiProcess wadi) {
    return wadi.errors().stream()
        .filter(line -> line.startsWith("ready at"))
        .mapToInt(line -> Integer.parseInt(line.replaceFirst(".*:(\\d+)/.*", "$1")))
        .findFirst()
        .orElseThrow();
  }

  private static Duration cpu() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("wadi.jar"))
        .findFirst()
        .flatMap(child -> child.info().totalCpuDuration())
        .orElseThrow();
  }

  /** Hands a second's events over. */
  private interface Sender {
    void send(List<String> events) throws Exception;
  }

  /** Posts them a hundred at a time. */
  private static final class Poster implements Sender {

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Override
    public void send(List<String> events) throws Exception {
      for (List<String> hundred : parts(events, 100)) {
        HttpRequest post =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", hundred)))
                .build();
        HttpResponse<String> answer = client.send(post, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
          throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
        }
      }
    }
  }
}
