package dev.wadi;

import dev.wadi.land.feed.RefusedRows;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.outbound.PostgresConnection;
import dev.wadi.outbound.PostgresTable;
import dev.wadi.outbound.QueueMessages;
import dev.wadi.outbound.QueueSender;
import dev.wadi.outbound.Refusals;
import dev.wadi.outbound.RowsStep;
import dev.wadi.outbound.SendStep;
import dev.wadi.outbound.StreamRecords;
import dev.wadi.outbound.StreamSender;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Where what has landed is handed on to, as far as it is. */
record Outbound(Settings settings) {

  private static final Duration GREATEST_BACKOFF = Duration.ofSeconds(5);

  private static final Map<String, Class<?>> OF_QUEUE =
      Map.of("queueMessages", RowsStep.class, "sendMessages", SendStep.class);
  private static final Map<String, Class<?>> OF_STREAM =
      Map.of("streamRecords", RowsStep.class, "putRecords", SendStep.class);
  private static final Map<String, Class<?>> OF_POSTGRES = Map.of("insertRows", RowsStep.class);

  /** The beans that the routes name, if all are wanted. */
  static Map<String, Class<?>> allBeans() {
    Map<String, Class<?>> all = new HashMap<>(OF_QUEUE);
    all.putAll(OF_STREAM);
    all.putAll(OF_POSTGRES);
    return all;
  }

  /** Those that the wanted routes name. */
  Map<String, Class<?>> beans() {
    Map<String, Class<?>> beans = new HashMap<>();
    beans.putAll(queue().isBlank() ? Map.of() : OF_QUEUE);
    beans.putAll(stream().isBlank() ? Map.of() : OF_STREAM);
    beans.putAll(postgres().isBlank() ? Map.of() : OF_POSTGRES);
    return beans;
  }

  /** The name of the queue; blank if there is none. */
  String queue() {
    return settings.text(Setting.LAND_SQS_QUEUE);
  }

  /** The name of the stream; blank if there is none. */
  String stream() {
    return settings.text(Setting.LAND_KINESIS_STREAM);
  }

  /** The queue, where there is one. */
  List<String> queues() {
    return queue().isBlank() ? List.of() : List.of(queue());
  }

  /** The routes that aren't wanted. */
  List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    Map.of("land-sqs", queue(), "land-kinesis", stream(), "land-postgres", postgres())
        .forEach(
            (route, to) -> {
              if (to.isBlank()) {
                leftOut.add(route);
              }
            });
    return leftOut;
  }

  /**
   * Gives the routes what they name, as far as they are wanted. Nothing is asked yet of whom rows
   * are handed on to: what isn't there must not keep events from landing.
   *
   * @param closing closes clients and connections
   */
  void open(
      Services services,
      LakeWriter lake,
      Closing closing,
      BiConsumer<String, Object> registry,
      Metrics metrics,
      Clock clock) {
    RefusedRows refused = new RefusedRows(lake.store, metrics, clock);
    Refusals refusals =
        (origin, key, reason) ->
            refused.note(origin.feed(), origin.table(), origin.commit(), key, reason);
    Backoff backoff = new Backoff(Duration.ofMillis(200), GREATEST_BACKOFF);
    if (!queue().isBlank()) {
      int maxBytes = (int) settings.number(Setting.LAND_SQS_MAX_BYTES);
      registry.accept("queueMessages", RowsStep.messages(new QueueMessages(maxBytes, refusals)));
      registry.accept(
          "sendMessages",
          SendStep.toQueue(new QueueSender(services.sqs(), queue(), backoff, refusals)));
    }
    if (!stream().isBlank()) {
      registry.accept("streamRecords", RowsStep.records(new StreamRecords(refusals)));
      registry.accept(
          "putRecords",
          SendStep.toStream(
              new StreamSender(
                  closing.opened(new AwsClients(settings).streams()).sending(),
                  stream(),
                  backoff)));
    }
    if (!postgres().isBlank()) {
      PostgresConnection connection =
          new PostgresConnection(
              postgres(),
              settings.text(Setting.LAND_POSTGRES_USER),
              settings.text(Setting.LAND_POSTGRES_PASSWORD));
      registry.accept(
          "insertRows",
          RowsStep.insert(
              closing.opened(
                  new PostgresTable(
                      connection, settings.text(Setting.LAND_POSTGRES_TABLE), refusals))));
    }
  }

  private String postgres() {
    String url = settings.text(Setting.LAND_POSTGRES_URL);
    return url.isBlank() || url.startsWith("jdbc:") ? url : "jdbc:" + url;
  }
}
