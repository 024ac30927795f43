package dev.wadi;

import dev.wadi.flatten.Columns;
import dev.wadi.land.FencedException;
import dev.wadi.land.Landing;
import dev.wadi.land.Manifest;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.reload.Reload;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.function.ThrowingConsumer;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Wadi's own routes with its own steps, on the embedded queue and store, in a Camel context that a
 * test can advise before it starts them.
 */
final class RouteFixture implements AutoCloseable {

  final Metrics metrics = new Metrics(new SimpleMeterRegistry(), Clock.systemUTC());
  final List<Manifest> commits = new CopyOnWriteArrayList<>();
  final DefaultCamelContext camel = new DefaultCamelContext();
  final Services services;

  private final Closing outbound = new Closing();
  private final Path data;
  private final Settings settings;
  private final List<String> leftOut;
  private final DataFolder folder;
  private final LakeWriter lake;

  /**
   * @param data an empty folder
   * @param routes files that replace or add routes, or null
   */
  RouteFixture(Path data, Path routes) throws Exception {
    this(data, routes, Map.of());
  }

  /**
   * @param others settings beside those that make routes quick
   */
  RouteFixture(Path data, Path routes, Map<String, String> others) throws Exception {
    this.data = data;
    Map<String, String> quick = new HashMap<>();
    quick.put(Setting.LAND_MAX_AGE.property(), "200ms");
    quick.put(Setting.LAND_FIRST_AGE.property(), "200ms");
    quick.put(Setting.LAND_RETRY_DELAY.property(), "10ms");
    quick.put(Setting.LAND_RETRY_ATTEMPTS.property(), "2");
    quick.put(Setting.INTAKE_MAX_WAIT.property(), "100ms");
    quick.put(Setting.INTAKE_VISIBILITY.property(), "30s");
    quick.put(Setting.INTAKE_REDELIVERY_DELAY.property(), "1s");
    quick.put(Setting.DEAD_LETTERS_MAX_WAIT.property(), "100ms");
    quick.put(Setting.DEAD_LETTERS_VISIBILITY.property(), "2s");
    quick.putAll(others);
    settings = Settings.load("local", quick, null);
    folder = DataFolder.lock(data);
    services = Services.open(settings, folder);
    Shape shape = new Shapes(null, Map.of()).named("cdevents");
    Columns columns = new Columns(1_000, shape.columns(), metrics);
    lake = lakeWriter(settings, columns);
    new Steps(settings, services, lake, shape, new Object(), metrics, Clock.systemUTC())
        .bind(camel.getRegistry()::bind);
    new Outbound(settings)
        .open(services, lake, outbound, camel.getRegistry()::bind, metrics, Clock.systemUTC());
    // Camel Main does this by itself
    camel.getRegistry().findByType(RoutePolicyFactory.class).forEach(camel::addRoutePolicyFactory);
    PropertiesComponent properties = camel.getPropertiesComponent();
    properties.setInitialProperties(settings.forCamel());
    leftOut =
        Stream.of(
                Stream.of(
                    "simulate",
                    "simulate-kinesis",
                    "simulate-files",
                    "poll-api",
                    "intake-kinesis",
                    "intake-http",
                    "intake-postgres",
                    "compact",
                    "report"),
                RouteFiles.OWN.stream()
                    .filter(name -> name.startsWith("9"))
                    .map(name -> name.substring(3)),
                new Outbound(settings).leftOut().stream())
            .flatMap(names -> names)
            .toList();
    for (String location : RouteFiles.locations(UserRoutes.in(routes), leftOut)) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, location));
    }
  }

  private LakeWriter lakeWriter(Settings settings, Columns columns) {
    try {
      return new LakeWriter(
          settings,
          folder,
          LakeWriter.storeOf(settings, services),
          columns,
          new Landing.Landed() {
            @Override
            public void landed(Manifest manifest, Duration took) {
              commits.add(manifest);
            }

            @Override
            public void fenced(FencedException why) {
              throw why;
            }
          },
          metrics,
          Clock.systemUTC());
    } catch (RuntimeException e) {
      services.close();
      folder.close();
      throw e;
    }
  }

  /** Changes a route before it starts. */
  RouteFixture advise(String route, ThrowingConsumer<AdviceWithRouteBuilder, Exception> change)
      throws Exception {
    AdviceWith.adviceWith(camel, route, change);
    return this;
  }

  RouteFixture start() {
    camel.start();
    return this;
  }

  /**
   * Has changes of the folder of routes take effect, as a process does.
   *
   * @param drain how long what is under way may take to land before a change
   */
  Reload watch(Path routes, Duration drain, Health health) throws Exception {
    return watch(routes, drain, health, () -> {});
  }

  /** The same, with changes that its first look sees, all of them at once. */
  Reload watch(Path routes, Duration drain, Health health, Change changes) throws Exception {
    LiveRoutes live = new LiveRoutes(settings, routes, UserRoutes.in(null), leftOut);
    Reload reload =
        new Reload(
            live,
            live.read(),
            camel,
            RouteBeans.idle(settings).keySet(),
            lake.landing::hurry,
            metrics,
            new Reload.Times(Duration.ofMillis(50), drain),
            Clock.systemUTC());
    health.enter(Health.Phase.RUNNING);
    changes.make();
    reload.start(health);
    return reload;
  }

  /** Changes files. */
  interface Change {
    void make() throws Exception;
  }

  /** Sends a message's body to the intake queue. */
  void send(String body) {
    String url = queueUrl("events");
    services.sqs().sendMessage(send -> send.queueUrl(url).messageBody(body));
  }

  /** The same with attributes. */
  void send(String body, Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach(
        (name, value) ->
            values.put(
                name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    String url = queueUrl("events");
    services
        .sqs()
        .sendMessage(send -> send.queueUrl(url).messageBody(body).messageAttributes(values));
  }

  /** Lets the intake queue deliver its one message so many times, to nobody. */
  void deliver(int times) {
    String url = queueUrl("events");
    for (int i = 0; i < times; i++) {
      services
          .sqs()
          .receiveMessage(receive -> receive.queueUrl(url).visibilityTimeout(0))
          .messages();
    }
  }

  /** How many batches have failed and were held, of all sources. */
  double batchesHeld() {
    return metrics.registry().find("wadi.batches.held").counters().stream()
        .mapToDouble(io.micrometer.core.instrument.Counter::count)
        .sum();
  }

  /** How many messages a queue holds, visible or not. */
  int held(String queue) {
    String url = queueUrl(queue);
    return services
        .sqs()
        .getQueueAttributes(
            get ->
                get.queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  /** The values of a column in a table's files, in any order. */
  List<String> column(String table, String column) throws SQLException, IOException {
    List<String> values = new ArrayList<>();
    Path files = data.resolve("lake").resolve(table);
    if (!Files.isDirectory(files)) {
      return values;
    }
    try (Stream<Path> tree = Files.walk(files)) {
      if (tree.noneMatch(file -> file.toString().endsWith(".parquet"))) {
        return values;
      }
    } catch (UncheckedIOException e) {
      // one that was being put had another name a moment ago
      return column(table, column);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT "
                    + column
                    + " FROM read_parquet('"
                    + files
                    + "/**/*.parquet', union_by_name=true, hive_partitioning=false)")) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** How many commits were begun and given up. */
  long aborted() throws IOException {
    try (Stream<Path> markers = Files.list(data.resolve("lake/_wadi/commits"))) {
      long count = 0;
      for (Path marker : markers.toList()) {
        count += Files.readString(marker).contains("\"ABORTED\"") ? 1 : 0;
      }
      return count;
    }
  }

  /** A valid event. */
  static String event(String id, String subject) {
    return """
        {"context":{"specversion":"0.5.1","id":"%s","source":"/test","type":"dev.cdevents.build.started.0.3.0",\
        "timestamp":"2026-11-20T10:00:00Z"},"subject":{"id":"%s","content":{}}}"""
        .formatted(id, subject);
  }

  static Duration patience() {
    return Duration.ofSeconds(180);
  }

  private String queueUrl(String queue) {
    return services.sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl();
  }

  @Override
  public void close() {
    lake.landing.close();
    camel.stop();
    outbound.close();
    lake.close();
    services.close();
    folder.close();
  }
}
