package dev.wadi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.process.MotoServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Notifications as moto's S3 sends them by SQS, SNS and EventBridge, through the whole application.
 * By EventBridge and SNS together moto sends nothing, so that way is tested by its message alone,
 * in {@code EnvelopeTest}.
 */
@Tag("integration")
class NotificationsIT {

  private static final String ACCOUNT = "arn:aws:sqs:us-east-1:123456789012:";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static MotoServer moto;
  private static S3Client s3;
  private static SqsClient sqs;
  private static SnsClient sns;
  private static EventBridgeClient bridge;

  @TempDir Path data;
  private String name;
  private String queueUrl;
  private Application wadi;

  @BeforeAll
  static void serve() throws Exception {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    moto = MotoServer.start();
    URI endpoint = moto.endpoint();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    Region region = Region.US_EAST_1;
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    sqs =
        SqsClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    sns =
        SnsClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
    bridge =
        EventBridgeClient.builder()
            .endpointOverride(endpoint)
            .region(region)
            .credentialsProvider(credentials)
            .build();
  }

  @AfterAll
  static void stop() {
    s3.close();
    sqs.close();
    sns.close();
    bridge.close();
    moto.close();
  }

  @BeforeEach
  void create() {
    name = "n" + NUMBER.incrementAndGet();
    for (String queue : List.of("events", "dead", "drops")) {
      sqs.createQueue(create -> create.queueName(queue + "-" + name));
    }
    queueUrl = sqs.getQueueUrl(get -> get.queueName("drops-" + name)).queueUrl();
    s3.createBucket(create -> create.bucket("lake-" + name));
    s3.createBucket(create -> create.bucket("raw-" + name));
  }

  @AfterEach
  void close() {
    if (wadi != null) {
      wadi.close();
    }
  }

  @Test
  void landsWhatS3TellsAQueueOf() {
    notifyQueue();
    start(Map.of());
    put("a b/é+1.jsonl");
    awaitLanded(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void landsWhatS3TellsATopicOf(boolean raw) {
    String topic = sns.createTopic(create -> create.name("drops-" + name)).topicArn();
    sns.subscribe(
        subscribe ->
            subscribe
                .topicArn(topic)
                .protocol("sqs")
                .endpoint(ACCOUNT + "drops-" + name)
                .attributes(Map.of("RawMessageDelivery", Boolean.toString(raw))));
    s3.putBucketNotificationConfiguration(
        put ->
            put.bucket("raw-" + name)
                .notificationConfiguration(
                    configuration ->
                        configuration.topicConfigurations(
                            TopicConfiguration.builder()
                                .topicArn(topic)
                                .events(Event.S3_OBJECT_CREATED)
                                .build())));
    start(Map.of());
    put("a b/é+2.jsonl");
    awaitLanded(2);
  }

  @Test
  void landsWhatS3TellsEventBridgeOf() {
    bridge.putRule(put -> put.name("drops-" + name).eventPattern("{\"source\":[\"aws.s3\"]}"));
    bridge.putTargets(
        put ->
            put.rule("drops-" + name)
                .targets(Target.builder().id("queue").arn(ACCOUNT + "drops-" + name).build()));
    s3.putBucketNotificationConfiguration(
        put ->
            put.bucket("raw-" + name)
                .notificationConfiguration(
                    configuration -> configuration.eventBridgeConfiguration(one -> {})));
    start(Map.of());
    put("a b/é+3%20.jsonl");
    awaitLanded(2);
    bridge.removeTargets(remove -> remove.rule("drops-" + name).ids("queue"));
    bridge.deleteRule(delete -> delete.name("drops-" + name));
  }

  @Test
  void tagsTheVersionThatItHasRead() {
    s3.putBucketVersioning(
        put ->
            put.bucket("raw-" + name)
                .versioningConfiguration(
                    versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    notifyQueue();
    start(Map.of(Setting.INTAKE_DROPS_AFTER.property(), "tag"));
    put("a.jsonl");
    awaitLanded(2);
    await()
        .atMost(RouteFixture.patience())
        .untilAsserted(
            () ->
                assertThat(
                        s3.getObjectTagging(get -> get.bucket("raw-" + name).key("a.jsonl"))
                            .tagSet()
                            .toString())
                    .contains("landed"));
  }

  private void notifyQueue() {
    s3.putBucketNotificationConfiguration(
        put ->
            put.bucket("raw-" + name)
                .notificationConfiguration(
                    configuration ->
                        configuration.queueConfigurations(
                            QueueConfiguration.builder()
                                .queueArn(ACCOUNT + "drops-" + name)
                                .events(Event.S3_OBJECT_CREATED)
                                .build())));
  }

  private void start(Map<String, String> others) {
    Map<String, String> settings = new HashMap<>(others);
    settings.put("wadi.aws.endpoint", moto.endpoint().toString());
    settings.put("wadi.intake.queue", "events-" + name);
    settings.put("wadi.intake.drops.queue", "drops-" + name);
    settings.put("wadi.dead-letters.queue", "dead-" + name);
    settings.put("wadi.land.bucket", "lake-" + name);
    settings.put("wadi.land.max-age", "200ms");
    settings.put("wadi.land.first-age", "200ms");
    settings.put("wadi.intake.max-wait", "100ms");
    settings.put("wadi.http.port", "0");
    wadi = new Application(Settings.load("aws", settings, null), data, null, null, null);
    wadi.start();
  }

  private void put(String key) {
    String lines =
        RouteFixture.event("a-" + key.hashCode(), "s")
            + "\n"
            + RouteFixture.event("b-" + key.hashCode(), "s")
            + "\n";
    s3.putObject(put -> put.bucket("raw-" + name).key(key), RequestBody.fromString(lines));
  }

  private void awaitLanded(long events) {
    await()
        .atMost(RouteFixture.patience())
        .untilAsserted(
            () -> {
              assertThat(wadi.progress().totals().landed()).isEqualTo(events);
              assertThat(held()).isZero();
            });
  }

  private int held() {
    return sqs
        .getQueueAttributes(
            get ->
                get.queueUrl(queueUrl)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }
}
