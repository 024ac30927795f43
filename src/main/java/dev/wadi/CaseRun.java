package dev.wadi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wadi.cases.Came;
import dev.wadi.cases.Given;
import dev.wadi.cases.InProcessS3;
import dev.wadi.cases.InProcessSqs;
import dev.wadi.cases.LandedRows;
import dev.wadi.cases.Records;
import dev.wadi.cases.RouteCase;
import dev.wadi.event.Batch;
import dev.wadi.event.ExchangeProperty;
import dev.wadi.flatten.Columns;
import dev.wadi.intake.http.IntakeLog;
import dev.wadi.lake.LakeFolder;
import dev.wadi.land.FencedException;
import dev.wadi.land.FolderLakeStore;
import dev.wadi.land.Landing;
import dev.wadi.land.Manifest;
import dev.wadi.ops.Backoff;
import dev.wadi.ops.Closing;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * The routes, for one case: Wadi's own and the user's as a start makes them, from the pipeline to
 * the lake. In the place of the sources stands what is given, in that of the queue and the store
 * what takes everything, in this process.
 */
final class CaseRun implements AutoCloseable {

  private static final Backoff LOOKING = new Backoff(Duration.ofMillis(20), Duration.ofMillis(20));

  private final Settings settings;
  private final Path data;
  private final Clock clock;
  private final Closing closing = new Closing();
  private final Metrics metrics;
  private LakeWriter lake;
  private final CaseOutcomes outcomes = new CaseOutcomes();
  private IntakeLog log;
  private final Main main = new Main();

  /**
   * Starts the routes.
   *
   * @param into the id of the user's route that takes what is given; null: the pipeline
   * @param data an empty folder
   * @throws dev.wadi.event.SetupException if they can't start
   */
  CaseRun(
      Settings settings, Flow flow, Path shapes, Path routes, String into, Path data, Clock clock) {
    this.settings = settings;
    this.data = data;
    this.clock = clock;
    metrics = new Metrics(new SimpleMeterRegistry(), clock);
    try {
      UserRoutes users = UserRoutes.in(routes).over(UserRoutes.of(flow));
      Shape shape =
          Shapes.in(Application.shapeFolders(shapes, flow), DecodeSettings.ofShapes(settings))
              .named(settings.text(Setting.DECODE_SHAPE));
      DataFolder folder = closing.opened(DataFolder.lock(data));
      Services services =
          closing.opened(Services.of(new InProcessSqs(), new InProcessS3(folder.root())));
      Columns columns =
          new Columns(
              settings.count(Setting.FLATTEN_MAX_COLUMNS),
              settings.list(Setting.LAND_PARTITION),
              shape.columns(),
              metrics);
      lake =
          closing.opened(
              new LakeWriter(
                  settings,
                  folder,
                  new FolderLakeStore(folder.root().resolve(settings.text(Setting.LAND_BUCKET))),
                  columns,
                  new Looking(),
                  metrics,
                  clock));
      lake.landing.flush();
      new Steps(settings, services, lake, shape, Simulation.of(settings, clock), metrics, clock)
          .bind(main::bind);
      main.bind("caseOutcomes", outcomes);
      log = openLog(folder);
      CaseRoutes kept = new CaseRoutes(into);
      main.setShutdownStrategy(new SimpleMainShutdownStrategy());
      main.setDefaultPropertyPlaceholderLocation("false");
      main.setOverrideProperties(settings.forCamel());
      main.addMainListener(new SettingsFirst());
      main.addMainListener(kept);
      main.configure()
          .withRoutesIncludePattern(
              String.join(",", RouteFiles.locations(users, CaseRoutes.leftOut(into))))
          .withRoutesCollectorEnabled(true)
          .withShutdownTimeout(1)
          .withShutdownLogInflightExchangesOnTimeout(false);
      start(users);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void start(UserRoutes users) {
    try {
      main.start();
    } catch (Exception e) {
      throw RouteFailure.explain(e, users);
    }
  }

  private IntakeLog openLog(DataFolder folder) {
    Health health = closing.opened(new Health(clock));
    return new HttpEvents(settings)
        .open(folder.state("http-log"), closing, main::bind, health, metrics, clock);
  }

  /** Lets a case's events come, and answers what has become of them. */
  Came of(RouteCase routeCase, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    String before = failure(routeCase.into(), routeCase.before(), end);
    if (before != null) {
      return Came.failedBefore(before);
    }
    String failure = failure(routeCase.into(), routeCase.given(), end);
    return failure == null ? came() : Came.failed(failure);
  }

  private String failure(String into, List<Given> given, long end) {
    if (given.isEmpty()) {
      return null;
    }
    return into == null ? take(given, end) : takeInto(given, end);
  }

  /** What a batch has failed with; null if all have landed. */
  private String take(List<Given> given, long end) {
    Records records =
        new Records((int) settings.number(Setting.DECODE_MAX_EVENT_SIZE), clock.instant());
    for (Batch batch : records.batches(given)) {
      String failure =
          send(
              "direct:pipeline",
              exchange -> {
                exchange.setProperty(ExchangeProperty.BATCH, batch);
                exchange.getMessage().setBody(batch);
              },
              end);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** The same through a route that ends in the intake log. */
  private String takeInto(List<Given> given, long end) {
    for (Given each : given) {
      if (each.body() == null) {
        return "a file can't be given into a route: give what the route would get, as text";
      }
      String failure =
          send(
              CaseRoutes.ENTRY,
              exchange -> {
                exchange.getMessage().setHeaders(new HashMap<>(each.headers()));
                exchange.getMessage().setBody(each.body());
              },
              end);
      if (failure != null) {
        return failure;
      }
    }
    try {
      while (log.waiting() > 0 || metrics.inFlight() > 0) {
        if (System.nanoTime() > end) {
          return outcomes.lastFailure().orElse("what is in the intake log did not land in time");
        }
        LOOKING.pause(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
    return null;
  }

  private String send(String endpoint, Processor filled, long end) {
    ProducerTemplate template = main.getCamelContext().createProducerTemplate();
    CompletableFuture<Exchange> sent = template.asyncSend(endpoint, filled);
    try {
      Exchange ended = sent.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return ended.getException() == null ? null : CaseOutcomes.line(ended.getException());
    } catch (TimeoutException e) {
      return "it did not end in time: a step waits for something, or the time is too short"
          + " (--timeout)";
    } catch (ExecutionException e) {
      return CaseOutcomes.line(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
  }

  private Came came() {
    LakeFolder landed = LakeFolder.of(data);
    Map<String, List<Map<String, JsonNode>>> tables = outcomes.deadLetters();
    outcomes.tables().forEach(table -> tables.put(table, LandedRows.of(landed, table)));
    return new Came(tables, outcomes.dropped(), null);
  }

  @Override
  public void close() {
    if (lake != null) {
      lake.landing.close();
    }
    main.stop();
    closing.close();
  }

  /** Nobody counts what lands here. */
  private static final class Looking implements Landing.Landed {
    @Override
    public void landed(Manifest manifest, Duration took) {
      // the lake is looked at instead
    }

    @Override
    public void fenced(FencedException why) {
      throw why;
    }
  }
}
