package dev.wadi;

import dev.wadi.deadletter.ArchiveStep;
import dev.wadi.deadletter.DeadLetterDecodeStep;
import dev.wadi.deadletter.DeadLetterStep;
import dev.wadi.deadletter.DeadLetteredStep;
import dev.wadi.deadletter.FailedNodeStep;
import dev.wadi.deadletter.IsolateStep;
import dev.wadi.deadletter.RejectStep;
import dev.wadi.decode.DecodeStep;
import dev.wadi.deduplicate.ClaimAnswers;
import dev.wadi.deduplicate.SetAsideStep;
import dev.wadi.deduplicate.WadiIdempotentRepository;
import dev.wadi.event.Claims;
import dev.wadi.event.Deliveries;
import dev.wadi.event.Lines;
import dev.wadi.event.OriginalBytes;
import dev.wadi.flatten.FlattenStep;
import dev.wadi.flatten.KeepStep;
import dev.wadi.intake.IntakeGate;
import dev.wadi.intake.http.Admission;
import dev.wadi.intake.http.IntakeLog;
import dev.wadi.intake.http.StoredStep;
import dev.wadi.intake.poll.PollStep;
import dev.wadi.intake.poll.PollStoredStep;
import dev.wadi.intake.postgres.Database;
import dev.wadi.lake.Report;
import dev.wadi.land.CommitStep;
import dev.wadi.land.DescribeObjectStep;
import dev.wadi.land.DropComponent;
import dev.wadi.land.LandComponent;
import dev.wadi.land.NotePublishedStep;
import dev.wadi.land.SettlePutStep;
import dev.wadi.land.StageStep;
import dev.wadi.land.compact.CompactStep;
import dev.wadi.land.feed.LandedComponent;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.simulator.PartitionKey;
import dev.wadi.simulator.SimulateStep;
import dev.wadi.tap.TappedNodes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.camel.Component;
import org.apache.camel.Processor;
import org.apache.camel.spi.RoutePolicyFactory;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The names that routes may use of what Wadi gives them, and of what type each is: the one list
 * that a start binds by and that {@code wadi check} judges routes by.
 */
final class RouteBeans {

  private static final Map<String, Class<?>> ALWAYS =
      Map.ofEntries(
          Map.entry("sqsClient", SqsClient.class),
          Map.entry("s3Client", S3Client.class),
          Map.entry("metrics", Metrics.class),
          Map.entry("clock", Clock.class),
          Map.entry("deliveries", Deliveries.class),
          Map.entry("lines", Lines.class),
          Map.entry("inFlightClaims", Claims.class),
          Map.entry("originalBytes", OriginalBytes.class),
          Map.entry("simulate", SimulateStep.class),
          Map.entry("decode", DecodeStep.class),
          Map.entry("claims", WadiIdempotentRepository.class),
          Map.entry("claimAnswers", ClaimAnswers.class),
          Map.entry("setAside", SetAsideStep.class),
          Map.entry("flatten", FlattenStep.class),
          Map.entry("keep", KeepStep.class),
          Map.entry("stage", StageStep.class),
          Map.entry("describeObject", DescribeObjectStep.class),
          Map.entry("notePublished", NotePublishedStep.class),
          Map.entry("settlePut", SettlePutStep.class),
          Map.entry("commit", CommitStep.class),
          Map.entry("compact", CompactStep.class),
          Map.entry("failedNode", FailedNodeStep.class),
          Map.entry("reject", RejectStep.class),
          Map.entry("isolate", IsolateStep.class),
          Map.entry("deadLetter", DeadLetterStep.class),
          Map.entry("deadLettered", DeadLetteredStep.class),
          Map.entry("decodeDeadLetter", DeadLetterDecodeStep.class),
          Map.entry("archive", ArchiveStep.class),
          Map.entry("httpLog", IntakeLog.class),
          Map.entry("httpAdmission", Admission.class),
          Map.entry("httpStored", StoredStep.class),
          Map.entry("wadiHealth", Health.class),
          Map.entry("intakeGate", IntakeGate.class),
          Map.entry("routeEnd", RoutePolicyFactory.class),
          Map.entry("tappedNodes", TappedNodes.class),
          Map.entry("wadi-route-counts", RoutePolicyFactory.class),
          Map.entry("wadi-http-page", Processor.class),
          Map.entry("wadi-http-health", Processor.class),
          Map.entry("wadi-http-live", Processor.class),
          Map.entry("wadi-http-ready", Processor.class),
          Map.entry("wadi-http-metrics", Processor.class),
          Map.entry("wadi-http-status", Processor.class));

  /** Where there is a stream. */
  private static final Map<String, Class<?>> OF_STREAMS =
      Map.of(
          "kinesisAsyncClient", KinesisAsyncClient.class,
          "kinesisClient", KinesisClient.class,
          "dynamoDbAsyncClient", DynamoDbAsyncClient.class,
          "cloudWatchAsyncClient", CloudWatchAsyncClient.class,
          "partitionKey", PartitionKey.class);

  /** Where an API is polled. */
  private static final Map<String, Class<?>> OF_POLLING =
      Map.of("poll", PollStep.class, "pollStored", PollStoredStep.class);

  /** Where the changes of a database are taken. */
  private static final Map<String, Class<?>> OF_DATABASES = Map.of("database", Database.class);

  /** Where there is a report. */
  private static final Map<String, Class<?>> OF_REPORT = Map.of("report", Report.class);

  private RouteBeans() {}

  /**
   * What a start by these settings binds, by name: the classes, and of what routes call methods of
   * one that is idle.
   */
  static Map<String, Object> idle(Settings settings) {
    Map<String, Object> beans = new TreeMap<>(ALWAYS);
    beans.put("simulate", Simulation.of(settings, Clock.systemUTC()));
    if (new Streams(settings).isRead()) {
      beans.putAll(OF_STREAMS);
      beans.put("partitionKey", new PartitionKey(Simulation.scenario(settings)));
    }
    if (new Polling(settings).isPolled()) {
      beans.putAll(OF_POLLING);
    }
    beans.putAll(new Outbound(settings).beans());
    if (new Postgres(settings).isRead()) {
      beans.putAll(OF_DATABASES);
    }
    if (SettingsRules.hasReport(settings)) {
      Path nowhere = Path.of("");
      beans.put("report", new Report(nowhere, settings.text(Setting.REPORT_SQL), nowhere));
    }
    return beans;
  }

  /** The components that Camel doesn't find by itself, idle: only good to create endpoints by. */
  static Map<String, Component> components() {
    return Map.of(
        "wadi-land", new LandComponent(null),
        "wadi-landed", new LandedComponent(null, null),
        "wadi-drop", new DropComponent());
  }

  /**
   * The registry for beans of this list alone.
   *
   * @return throws IllegalStateException for a name or a type that the list doesn't have
   */
  static BiConsumer<String, Object> checked(BiConsumer<String, Object> registry) {
    return (name, bean) -> {
      if (!declared(name).isInstance(bean)) {
        throw new IllegalStateException(
            "the bean " + name + " of " + bean.getClass() + " doesn't stand so in RouteBeans");
      }
      registry.accept(name, bean);
    };
  }

  private static Class<?> declared(String name) {
    Map<String, Class<?>> all = new TreeMap<>(ALWAYS);
    all.putAll(OF_STREAMS);
    all.putAll(OF_POLLING);
    all.putAll(OF_DATABASES);
    all.putAll(OF_REPORT);
    all.putAll(Outbound.allBeans());
    components().forEach((component, idle) -> all.put(component, idle.getClass()));
    // a type that nothing is of
    return all.getOrDefault(name, Void.class);
  }
}
