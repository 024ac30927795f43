package dev.wadi.crash.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wadi.crash.check.BucketCopy;
import dev.wadi.crash.check.LakeCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.intake.kinesis.StreamClients;
import dev.wadi.process.Servers;
import dev.wadi.process.Servers.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Three processes, each with a data folder of its own, take from one queue and one stream and share
 * a lake and a table of claims, as pods of one Deployment do. Amid the load one dies for good and
 * another joins. Part of the events comes by both ways.
 *
 * <p>The load comes in waves: two, and further ones until each process has landed something,
 * however slow the machine is. More than a build needs: {@code -Dwadi.scale-out.items=3500
 * -Dwadi.scale-out.seconds=20}.
 */
@Tag("crash")
class ScaleOutIT {

  /** Of a wave, by each way; copies, conflicts and poison are among them. */
  private static final int ITEMS = Integer.getInteger("wadi.scale-out.items", 600);

  /** How long a wave takes. */
  private static final Duration WITHIN =
      Duration.ofSeconds(Integer.getInteger("wadi.scale-out.seconds", 6));

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long SEED = 601;
  private static final int SHARDS = 6;
  private static final String STREAM = "events-scale-out";
  private static final String FROM_QUEUE = "sqs:events-";
  private static final String FROM_STREAM = "kinesis:" + STREAM;

  /** Left as it is if the run fails, for whoever looks into it. */
  private final Path folder = Path.of("target", "crash", "scale-out");

  private Servers servers;
  private Arena arena;
  private WadiProcesses wadi;
  private Shares shares;
  private Senders toQueue;
  private Senders toStream;
  private final List<Path> logs = new ArrayList<>();
  private boolean isOver;
  private final Map<String, Long> pids = new LinkedHashMap<>();

  @BeforeEach
  void open() throws Exception {
    Folders.delete(folder);
    Servers.letThisProcessIn();
    servers =
        Servers.open(
            Files.createDirectories(folder.resolve("servers")),
            Service.SQS,
            Service.S3,
            Service.KINESIS,
            Service.DYNAMODB);
    arena = new Arena("scale-out", folder, servers);
    shares = new Shares(arena.s3(), arena.bucket());
    createStream();
    wadi = WadiProcesses.several(arena);
    toQueue = new Senders();
    toStream = new Senders();
  }

  @AfterEach
  void close() throws IOException {
    if (toStream != null) {
      toQueue.close();
      toStream.close();
      wadi.close();
      arena.close();
    }
    if (servers != null) {
      servers.close();
    }
    if (isOver) {
      Folders.delete(folder);
    }
  }

  @Test
  void landsEachEventOnceThoughOneOfThreeDiesUnderLoadAndAnotherJoins() throws Exception {
    for (int number = 0; number < 3; number++) {
      wadi.start(number, environment());
      pids.put("process " + number, wadi.process(number).pid());
    }
    long began = System.nanoTime();
    wave();
    for (long pid : pids.values()) {
      awaitLanded(pid);
    }

    wave();
    assertThat(toQueue.areDone() || toStream.areDone()).as("the load is over").isFalse();
    wadi.kill(1);
    wadi.begin(3, environment());
    pids.put("process 3", wadi.process(3).pid());
    awaitLanded(wadi.process(3).pid());

    toQueue.await(PATIENCE);
    toStream.await(PATIENCE);
    Sent sent = sent();
    await(
        "all that was sent",
        () ->
            shares.of(FROM_QUEUE, "received") + shares.of(FROM_STREAM, "received")
                    >= sent.total().least()
                && arena.held() == 0);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    wadi.stop();

    print(took, sent);
    Verdict verdict =
        LakeCheck.of(BucketCopy.of(arena.s3(), arena.bucket(), folder.resolve("lake")), sent);
    assertThat(verdict.findings()).as("see %s", folder).isEmpty();
    assertThat(verdict.events()).isGreaterThan(ITEMS);
    wadi.verify().forEach(System.out::println);
    shares.refresh();
    assertThat(shares.of("", "received"))
        .isEqualTo(Shares.TERMS.stream().skip(1).mapToLong(term -> shares.of("", term)).sum());
    assertThat(pids.values()).allSatisfy(pid -> assertThat(landed(pid)).isPositive());
    isOver = true;
  }

  private long landed(long pid) {
    return shares.of(pid, FROM_QUEUE, "landed") + shares.of(pid, FROM_STREAM, "landed");
  }

  /** Sends on until a process has landed something. */
  private void awaitLanded(long pid) {
    await(
        "events of process " + pid,
        () -> {
          if (landed(pid) > 0) {
            return true;
          }
          if (toQueue.areDone() && toStream.areDone()) {
            wave();
          }
          return false;
        });
  }

  /** Each way its own events, and a fifth of the stream's by the queue too. */
  private void wave() throws IOException {
    long ofQueue = SEED + logs.size();
    long ofStream = ofQueue + 1;
    URI queues = arena.senderProxy().endpoint();
    toQueue.begin(ofQueue, ITEMS, WITHIN, queues, arena.queue(), log("queue"));
    toQueue.begin(ofStream, ITEMS / 5, WITHIN.dividedBy(5), queues, arena.queue(), log("both"));
    toStream.begin(
        ofStream,
        ITEMS,
        WITHIN,
        servers.endpoint(Service.KINESIS),
        Senders.STREAM + STREAM,
        log("stream"));
  }

  private Sent sent() throws IOException {
    return Sent.read(logs.toArray(Path[]::new));
  }

  private Path log(String way) {
    logs.add(folder.resolve("send-" + logs.size() + "-" + way + ".log").toAbsolutePath());
    return logs.get(logs.size() - 1);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("WADI_INTAKE_STREAM", STREAM);
    environment.put("WADI_INTAKE_QUICK_LEASES", "true");
    environment.put("WADI_AWS_KINESIS_ENDPOINT", servers.endpoint(Service.KINESIS).toString());
    environment.put("WADI_AWS_DYNAMODB_ENDPOINT", servers.endpoint(Service.DYNAMODB).toString());
    // the server of the table is slow, and a commit claims event by event there
    environment.put("WADI_DEDUPLICATE_LEASE", "40s");
    environment.put("WADI_LAND_MAX_EVENTS", "1000");
    return environment;
  }

  private void createStream() {
    URI endpoint = servers.endpoint(Service.KINESIS);
    try (StreamClients clients =
        new StreamClients(
            Region.US_EAST_1,
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
            new StreamClients.Endpoints(endpoint, endpoint, endpoint))) {
      clients.sending().createStream(create -> create.streamName(STREAM).shardCount(SHARDS));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  clients
                          .sending()
                          .describeStreamSummary(describe -> describe.streamName(STREAM))
                          .streamDescriptionSummary()
                          .streamStatus()
                      == StreamStatus.ACTIVE);
    }
  }

  private interface Come {
    boolean isTrue() throws IOException;
  }

  private void await(String what, Come come) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              shares.refresh();
              return come.isTrue();
            });
  }

  private void print(Duration took, Sent sent) throws IOException {
    shares.refresh();
    System.out.printf(
        "scale-out: %s items of %d keys sent, all accounted for after %d s in %d commits%n",
        sent.total(), sent.events().size(), took.toSeconds(), shares.commits());
    pids.forEach(
        (name, pid) ->
            System.out.printf(
                "%s: %d commits, landed %d from the queue and %d from the stream, set aside %d, dead"
                    + " letters %d%n",
                name,
                shares.commits(pid),
                shares.of(pid, FROM_QUEUE, "landed"),
                shares.of(pid, FROM_STREAM, "landed"),
                shares.of(pid, "", "duplicates") + shares.of(pid, "", "conflicts"),
                shares.of(pid, "sqs:dead-", "landed")));
    for (String source : new String[] {FROM_QUEUE, FROM_STREAM}) {
      StringBuilder line = new StringBuilder(source).append("*:");
      Shares.TERMS.forEach(
          term -> line.append(' ').append(term).append(' ').append(shares.of(source, term)));
      System.out.println(line);
    }
  }
}
