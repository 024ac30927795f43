package dev.wadi;

import dev.wadi.dashboard.Dashboard;
import dev.wadi.dashboard.HttpPort;
import dev.wadi.event.SetupException;
import dev.wadi.flatten.Columns;
import dev.wadi.intake.http.IntakeLog;
import dev.wadi.lake.Report;
import dev.wadi.land.FencedException;
import dev.wadi.land.Landing;
import dev.wadi.land.Manifest;
import dev.wadi.land.compact.CompactStep;
import dev.wadi.local.DropFolder;
import dev.wadi.ops.Closing;
import dev.wadi.ops.FeedStatus;
import dev.wadi.ops.Health;
import dev.wadi.ops.Metrics;
import dev.wadi.ops.ProcessMetrics;
import dev.wadi.ops.Progress;
import dev.wadi.ops.RecentCommits;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.reload.Reload;
import dev.wadi.shape.Shape;
import dev.wadi.shape.Shapes;
import dev.wadi.simulator.SimulateStep;
import dev.wadi.tap.TappedNodes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: opens the parts in order, gives them to the routes, and starts these. One
 * process has one.
 */
public final class Application implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Application.class);

  private final Settings settings;
  private final Clock clock;
  private final Closing closing = new Closing();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Metrics metrics;
  private final RecentCommits commits = new RecentCommits();
  private final Progress progress;
  private final Health health;
  private final Services services;
  private final Streams streams;
  private final Drops drops;
  private final Path data;
  private final LakeWriter lake;
  private final IntakeLog httpLog;
  private final SimulateStep simulate;
  private final UserRoutes users;
  private final LiveRoutes liveRoutes;
  private final Map<Path, String> loadedTexts;
  private final HttpTap tap;
  private final Main main = new Main();
  private final CountDownLatch fenced = new CountDownLatch(1);
  private volatile Runnable onFenced = () -> {};
  private DropFolder dropFolder;
  private Reload reload;
  private int port;

  /**
   * Opens everything up to the routes, which {@link #start} starts.
   *
   * @param data the data folder
   * @param shapes the user's folder of shapes, or null
   * @param routes the user's folder of routes, or null
   * @param flow the flow to run, which the settings know already, or null
   * @throws SetupException if something must be mended first
   */
  public Application(Settings settings, Path data, Path shapes, Path routes, Flow flow) {
    this(settings, data, shapes, routes, flow, Clock.systemUTC());
  }

  /**
   * The same by another clock.
   *
   * @param clock what leases, ages and times of commits are measured by
   */
  public Application(
      Settings settings, Path data, Path shapes, Path routes, Flow flow, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.data = data;
    streams = new Streams(settings);
    drops = new Drops(settings);
    tap = new HttpTap(settings, new TappedNodes());
    metrics = new Metrics(registry, clock);
    String archive = "sqs:" + settings.text(Setting.DEAD_LETTERS_QUEUE);
    progress = new Progress(metrics, archive, clock);
    try {
      SettingsRules.require(settings);
      HttpPort.requireFree(settings.text(Setting.HTTP_HOST), settings.count(Setting.HTTP_PORT));
      Shape shape =
          Shapes.in(shapeFolders(shapes, flow), DecodeSettings.ofShapes(settings))
              .named(settings.text(Setting.DECODE_SHAPE));
      UserRoutes ofFlow = UserRoutes.of(flow);
      UserRoutes ofFolder = UserRoutes.in(routes);
      loadedTexts = ofFolder.texts();
      users = ofFolder.over(ofFlow);
      liveRoutes =
          routes == null || settings.duration(Setting.ROUTES_RELOAD).isZero()
              ? null
              : new LiveRoutes(settings, routes, ofFlow, RouteFiles.leftOut(settings));
      DataFolder folder = closing.opened(DataFolder.lock(data));
      health = closing.opened(new Health(clock));
      closing.opened(new ProcessMetrics(registry, folder.root()));
      services = closing.opened(Services.open(settings, folder));
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
                  LakeWriter.storeOf(settings, services),
                  columns,
                  landings(),
                  metrics,
                  clock));
      simulate = Simulation.of(settings, clock);
      bindReport(folder);
      new ServiceChecks(settings, services).addTo(health, drops.queues());
      health.add("landing", lake.landing::check);
      health.add(
          "outbound",
          new OutboundCheck(
              () -> main.getCamelContext().getRegistry().findByType(FeedStatus.class)));
      streams.open(closing, RouteBeans.checked(main::bind));
      new Postgres(settings).open(RouteBeans.checked(main::bind));
      new HttpSafety(settings).bind(main::bind, main::getCamelContext, health, clock);
      httpLog =
          new HttpEvents(settings)
              .open(
                  folder.state("http-log"),
                  closing,
                  RouteBeans.checked(main::bind),
                  health,
                  metrics,
                  clock);
      new Polling(settings)
          .bind(services.s3(), RouteBeans.checked(main::bind), health, metrics, clock);
      tap.bind(RouteBeans.checked(main::bind));
      configure(RouteFiles.locations(users, RouteFiles.leftOut(settings)));
      new Steps(settings, services, lake, shape, simulate, metrics, clock)
          .bind(RouteBeans.checked(main::bind));
      new Outbound(settings)
          .open(services, lake, closing, RouteBeans.checked(main::bind), metrics, clock);
      main.bind("compact", new CompactStep(new Compactor(settings, data, clock)::run));
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /**
   * Starts the routes.
   *
   * @throws SetupException if a route can't be loaded or started
   */
  public void start() {
    try {
      new Dashboard(
              settings.profile(),
              registry,
              metrics,
              progress,
              commits,
              health,
              main::getCamelContext,
              clock)
          .bind(RouteBeans.checked(main::bind));
      main.start();
      port = HttpPort.listening(main.getCamelContext());
      tap.serve(main.getCamelContext(), clock);
      dropFolder = drops.watch(data, services.sqs(), lake.known.deliveries, closing, clock);
      watchRoutes();
    } catch (Exception e) {
      close();
      throw RouteFailure.explain(e, users);
    }
    health.enter(Health.Phase.RUNNING);
  }

  /** The port that the page, health and metrics are served on. */
  public int port() {
    return port;
  }

  public Progress progress() {
    return progress;
  }

  public RecentCommits commits() {
    return commits;
  }

  /**
   * @param then called when another process writes to the lake, so that this one is to end
   */
  public void onFenced(Runnable then) {
    onFenced = then;
    if (fenced.getCount() == 0) {
      then.run();
    }
  }

  /** Whether another process writes to the lake, so that this one may not. */
  public boolean isFenced() {
    return fenced.getCount() == 0;
  }

  /** Whether the simulator has sent all that it was to send. */
  public boolean isSimulated() {
    return simulate.done();
  }

  /**
   * Stops receiving, lets what is in flight land, and gives back what doesn't within the time.
   *
   * @return whether everything that was received is accounted for
   */
  public boolean drain(Duration atMost) {
    health.enter(Health.Phase.DRAINING);
    long end = System.nanoTime() + atMost.toNanos();
    if (reload != null) {
      reload.close(atMost.dividedBy(2));
    }
    Drain drain = drain();
    boolean drained = drain.run(Duration.ofNanos(end - System.nanoTime()));
    // the time to wait is over: what has not ended by now, nobody waits for once more
    main.getCamelContext().getShutdownStrategy().setTimeout(1);
    if (!drained) {
      // so that what waits for its commit is given back before the queue's client is closed
      lake.landing.close();
      LOG.warn(
          "in_flight={} and {} bytes of the intake log after {}s: given back to their sources, and"
              + " received again by the next start",
          metrics.inFlight(),
          httpLog.waiting(),
          atMost.toSeconds());
    }
    return drained;
  }

  /**
   * Lets what the queues and the intake log hold land, without waiting for more, until they are
   * empty.
   *
   * @param givenUp asked again and again whether to wait no longer
   */
  public void awaitEmpty(BooleanSupplier givenUp) throws InterruptedException {
    if (streams.isSimulated()) {
      awaitStream(givenUp);
    }
    List<String> queues = new ArrayList<>(drops.queues());
    queues.add(settings.text(Setting.INTAKE_QUEUE));
    queues.add(settings.text(Setting.DEAD_LETTERS_QUEUE));
    Drain drain = drain();
    if (dropFolder != null) {
      drain.awaitQuiet(dropFolder::isQuiet, givenUp);
    }
    drain.awaitEmpty(queues, givenUp);
    drain.awaitHandedOn(givenUp);
  }

  /** A stream doesn't tell what it holds; what it was sent must have come, and may come twice. */
  private void awaitStream(BooleanSupplier givenUp) throws InterruptedException {
    drain().awaitReceived(streams.source(), simulate.emitted(), givenUp);
  }

  private void watchRoutes() {
    if (liveRoutes == null) {
      return;
    }
    reload =
        new Reload(
            liveRoutes,
            loadedTexts,
            main.getCamelContext(),
            RouteBeans.idle(settings).keySet(),
            lake.landing::hurry,
            metrics,
            new Reload.Times(
                settings.duration(Setting.ROUTES_RELOAD),
                settings.duration(Setting.ROUTES_DRAIN_TIMEOUT)),
            clock);
    reload.start(health);
  }

  private Drain drain() {
    return new Drain(main.getCamelContext(), lake.landing, httpLog, metrics, services);
  }

  @Override
  public void close() {
    if (reload != null) {
      reload.close();
    }
    main.stop();
    closing.close();
  }

  /** Where shapes are looked for before Wadi's own, the strongest first. */
  static List<Path> shapeFolders(Path users, Flow flow) {
    return Stream.of(users, flow == null ? null : flow.shapes()).filter(Objects::nonNull).toList();
  }

  private void configure(List<String> locations) {
    // Camel's own hook at SIGTERM would wait for a stop that is ours to make
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setOverrideProperties(settings.forCamel());
    main.addMainListener(new SettingsFirst());
    main.configure()
        .withRoutesIncludePattern(String.join(",", locations))
        .withRoutesCollectorEnabled(true)
        .withShutdownTimeout((int) settings.duration(Setting.SHUTDOWN_TIMEOUT).toSeconds())
        .withShutdownLogInflightExchangesOnTimeout(false);
  }

  private void bindReport(DataFolder folder) {
    if (SettingsRules.hasReport(settings)) {
      main.bind(
          "report",
          closing.opened(
              new Report(
                  folder.root(), settings.text(Setting.REPORT_SQL), folder.state("temporary"))));
    }
  }

  private Landing.Landed landings() {
    LandedCommits landed = new LandedCommits(metrics, commits);
    return new Landing.Landed() {
      @Override
      public void landed(Manifest manifest, Duration took) {
        landed.landed(manifest, took);
      }

      @Override
      public void fenced(FencedException why) {
        LOG.error("{} (it ends, and gives back what it holds)", why.getMessage());
        fenced.countDown();
        onFenced.run();
      }
    };
  }
}
