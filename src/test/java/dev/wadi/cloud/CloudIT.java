package dev.wadi.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wadi.intake.kinesis.StreamClients;
import dev.wadi.process.MotoServer;
import dev.wadi.process.Servers;
import dev.wadi.process.WadiProcess;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * {@code ./wadi cloud} makes all of {@code environments/local} in an emulator; the packaged
 * application, told of it by what was written alone, lands what comes by queue, stream and bucket.
 */
@Tag("integration")
class CloudIT {

  private static final String ROLE = "wadi-local-service";

  private static final AwsCredentials LOCAL = AwsBasicCredentials.create("local", "local");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String NO_EVENT = "no event";
  private static final int EVENTS = 30;

  /** Of the simulated events, a third comes each way. */
  private static final int EACH = EVENTS / 3;

  @TempDir Path folder;

  @Test
  void landsEventsThroughWhatWasDeployedAndTakesItAway() throws Exception {
    Checkout.needsTerraform();
    Checkout checkout = Checkout.in(Files.createDirectories(folder.resolve("checkout")));
    checkout.init("environments/local");
    List<String> events = simulated();
    try (MotoServer server = MotoServer.start()) {
      String endpoint = server.endpoint().toString();
      Path settings = folder.resolve("wadi.properties");
      Checkout.Ended deployed =
          checkout
              .cloud("deploy", "--endpoint", endpoint, "--properties", settings.toString(), "--yes")
              .well();
      assertThat(deployed.output())
          .contains("deployed local: run ./wadi run --profile aws --config");
      assertThat(deployed.errors()).contains("+ terraform ", " apply -input=false -auto-approve");
      Properties wadi = read(settings);

      send(server.endpoint(), wadi, events);
      Credentials assumed = assumed(server.endpoint(), ROLE);
      mayNotTouchWhatIsOthers(server.endpoint(), assumed);
      Map<String, String> service = environment(assumed);
      List<String> log = run(server.endpoint(), wadi, settings, service);

      // what the alarm of missing events counts
      assertThat(log).anyMatch(line -> line.contains("\"message\":\"committed commit="));
      assertThat(log).anyMatch(line -> line.contains("received=31 landed=30 duplicates=0"));
      assertThat(verify(settings, service, 0)).contains(sign("LakeVerified"));
      asPeopleMay(server.endpoint(), settings);

      deleteOneFile(server.endpoint(), wadi.getProperty("wadi.land.bucket"));
      assertThat(verify(settings, service, 1)).contains(sign("LakeBroken"));

      assertThat(checkout.cloud("status", "--endpoint", endpoint).well().output())
          .contains("wadi.intake.queue = " + wadi.getProperty("wadi.intake.queue"))
          .containsPattern("\nlocal has [0-9]{2} resources");
      assertThat(
              checkout
                  .cloud(
                      "destroy",
                      "--endpoint",
                      endpoint,
                      "--properties",
                      settings.toString(),
                      "--yes")
                  .well()
                  .output())
          .contains("destroyed local");
      assertThat(settings).doesNotExist();
      try (SqsClient sqs = sqs(server.endpoint(), LOCAL);
          S3Client s3 = s3(server.endpoint(), LOCAL)) {
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
        assertThat(s3.listBuckets().buckets()).isEmpty();
      }
      assertThat(checkout.cloud("status", "--endpoint", endpoint).errors())
          .contains("wadi cloud: nothing is deployed in local");
    }
  }

  /** A reader asks, and may send nothing back; an operator may. */
  private void asPeopleMay(URI endpoint, Path settings) throws Exception {
    Map<String, String> reader = environment(assumed(endpoint, "wadi-local-reader"));
    String count = "SELECT count(*) AS n FROM events";
    assertThat(command(settings, reader, 0, "query", "--format", "csv", count).lines())
        .contains("" + EVENTS);
    String[] replay = {"dead-letters", "replay", "--all"};
    assertThat(command(settings, reader, 1, replay)).containsIgnoringCase("not authorized");
    command(settings, environment(assumed(endpoint, "wadi-local-operator")), 0, replay);
    try (SqsClient sqs = sqs(endpoint, LOCAL)) {
      String events = url(sqs, read(settings).getProperty("wadi.intake.queue"));
      // a poll of the process that has ended may have got it, and then it comes again
      List<Message> back =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> sqs.receiveMessage(receive -> receive.queueUrl(events)).messages(),
                  found -> !found.isEmpty());
      assertThat(back).extracting(Message::body).containsExactly(NO_EVENT);
    }
  }

  /** Else the emulator would let it do everything, and what it could do would show nothing. */
  private static void mayNotTouchWhatIsOthers(URI endpoint, Credentials service) {
    AwsCredentials it =
        AwsSessionCredentials.create(
            service.accessKeyId(), service.secretAccessKey(), service.sessionToken());
    try (SqsClient sqs = sqs(endpoint, it);
        S3Client s3 = s3(endpoint, it);
        StreamClients streams = streams(endpoint, it);
        DynamoDbClient tables =
            DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(it))
                .httpClient(ApacheHttpClient.create())
                .build()) {
      assertDenied(() -> sqs.getQueueUrl(get -> get.queueName("others")));
      assertDenied(() -> s3.listObjectsV2(list -> list.bucket("others")));
      assertDenied(() -> s3.getObject(get -> get.bucket("others").key("any")));
      assertDenied(() -> tables.describeTable(describe -> describe.tableName("others")));
      assertDenied(
          () -> streams.sending().describeStreamSummary(describe -> describe.streamName("others")));
    }
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            denied -> assertThat(denied.awsErrorDetails().errorCode()).contains("AccessDenied"));
  }

  private static List<String> simulated() throws Exception {
    try (WadiProcess simulator =
        WadiProcess.start(Map.of(), "simulate", "--events", "" + EVENTS, "--seed", "5")) {
      assertThat(simulator.waitFor()).as(simulator.log()).isZero();
      assertThat(simulator.output()).hasSize(EVENTS);
      return simulator.output();
    }
  }

  private static void send(URI endpoint, Properties wadi, List<String> events) {
    try (SqsClient sqs = sqs(endpoint, LOCAL)) {
      String queue = url(sqs, wadi.getProperty("wadi.intake.queue"));
      String body = "[" + String.join(",", events.subList(0, EACH)) + "]";
      sqs.sendMessage(send -> send.queueUrl(queue).messageBody(body));
      sqs.sendMessage(send -> send.queueUrl(queue).messageBody(NO_EVENT));
    }
    try (S3Client s3 = s3(endpoint, LOCAL)) {
      s3.putObject(
          put ->
              put.bucket(wadi.getProperty("wadi.intake.drops.buckets")).key("in/dropped one.jsonl"),
          RequestBody.fromString(String.join("\n", events.subList(EACH, 2 * EACH))));
    }
    try (StreamClients streams = streams(endpoint, LOCAL)) {
      for (String event : events.subList(2 * EACH, EVENTS)) {
        streams
            .sending()
            .putRecord(
                put ->
                    put.streamName(wadi.getProperty("wadi.intake.stream"))
                        .partitionKey(Integer.toString(event.hashCode()))
                        .data(SdkBytes.fromUtf8String(event)));
      }
    }
  }

  /** The log of a run that has landed them all, and archived what is none. */
  private List<String> run(
      URI endpoint, Properties properties, Path settings, Map<String, String> role)
      throws Exception {
    Map<String, String> environment = new HashMap<>(role);
    environment.put("WADI_LOG_FORMAT", "json");
    try (WadiProcess wadi =
        WadiProcess.start(
            environment,
            "run",
            "--profile",
            "aws",
            "--config",
            settings.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0")) {
      wadi.awaitError(
          line -> line.contains("received=31 landed=30 ") && line.contains("rejected=1 "),
          "all events landed");
      try (SqsClient sqs = sqs(endpoint, LOCAL)) {
        String letters = url(sqs, properties.getProperty("wadi.dead-letters.queue"));
        await().atMost(PATIENCE).until(() -> held(sqs, letters) == 0);
      }
      wadi.terminate();
      return new ArrayList<>(wadi.errors());
    }
  }

  private String verify(Path settings, Map<String, String> role, int exitCode) throws Exception {
    return command(settings, role, exitCode, "verify");
  }

  /** What a command says, that ends with this code. */
  private String command(Path settings, Map<String, String> role, int exitCode, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(
        List.of(
            "--profile",
            "aws",
            "--config",
            settings.toString(),
            "--data",
            folder.resolve("data").toString()));
    try (WadiProcess process = WadiProcess.start(role, command.toArray(String[]::new))) {
      assertThat(process.waitFor()).as(process.log()).isEqualTo(exitCode);
      return String.join("\n", process.output()) + "\n" + String.join("\n", process.errors());
    }
  }

  private static void deleteOneFile(URI endpoint, String bucket) {
    try (S3Client s3 = s3(endpoint, LOCAL)) {
      S3Object file =
          s3.listObjectsV2(list -> list.bucket(bucket).prefix("events/")).contents().get(0);
      s3.deleteObject(delete -> delete.bucket(bucket).key(file.key()));
    }
  }

  /** Who has assumed a role, to which the emulator holds whom. */
  private static Credentials assumed(URI endpoint, String role) {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(LOCAL))
            .httpClient(ApacheHttpClient.create())
            .build()) {
      return sts.assumeRole(
              assume ->
                  assume.roleArn("arn:aws:iam::123456789012:role/" + role).roleSessionName("wadi"))
          .credentials();
    }
  }

  private static Map<String, String> environment(Credentials assumed) {
    Map<String, String> environment = new HashMap<>(Servers.credentials());
    environment.put("AWS_ACCESS_KEY_ID", assumed.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", assumed.secretAccessKey());
    environment.put("AWS_SESSION_TOKEN", assumed.sessionToken());
    return environment;
  }

  /** The words by which an alarm knows a line of the log. */
  private static String sign(String metric) throws Exception {
    Matcher pattern =
        Pattern.compile(metric + "\\s*=\\s*\"\\\\\"(.+)\\\\\"\"")
            .matcher(Files.readString(Path.of("terraform/modules/alarms/main.tf")));
    assertThat(pattern.find()).as("a pattern for " + metric).isTrue();
    return pattern.group(1);
  }

  private static Properties read(Path file) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }

  private static SqsClient sqs(URI endpoint, AwsCredentials who) {
    return SqsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static S3Client s3(URI endpoint, AwsCredentials who) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static StreamClients streams(URI endpoint, AwsCredentials who) {
    return new StreamClients(
        Region.US_EAST_1,
        StaticCredentialsProvider.create(who),
        new StreamClients.Endpoints(endpoint, endpoint, endpoint));
  }

  /** How many messages a queue has, those included that somebody has received. */
  private static int held(SqsClient sqs, String url) {
    return sqs
        .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes()
        .entrySet()
        .stream()
        .filter(attribute -> attribute.getKey().toString().startsWith("ApproximateNumberOf"))
        .mapToInt(attribute -> Integer.parseInt(attribute.getValue()))
        .sum();
  }

  private static String url(SqsClient sqs, String queue) {
    return sqs.getQueueUrl(get -> get.queueName(queue)).queueUrl();
  }
}
