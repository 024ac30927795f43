package dev.wadi.cli;

import dev.wadi.Application;
import dev.wadi.Flow;
import dev.wadi.ops.LiveCounters;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import dev.wadi.ops.Summary;
import dev.wadi.ops.Terminal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wadi run}: the pipeline, until it is stopped or has simulated what it was asked for. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the pipeline: takes events from the queue and lands each exactly once.",
      "The profile local (the default) brings its own queue and object store, and a simulator."
    })
public final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  @Mixin private DataOption data;

  @Mixin private FlowOptions routing;

  @Mixin private ShapeOptions shaping;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      description = "Simulated events a second (default: 50); 0: none.")
  private String rate;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Simulate so many events, let them land, and exit.")
  private String events;

  @Option(
      names = "--days",
      paramLabel = "D",
      description = "Simulate so many days of history, up to now.")
  private String days;

  @Option(names = "--seed", paramLabel = "S", description = "The same seed simulates the same.")
  private String seed;

  @Option(
      names = "--duplicates",
      paramLabel = "R",
      description = "Share of simulated events that are sent twice, 0 to 1.")
  private String duplicates;

  @Option(
      names = "--conflicts",
      paramLabel = "R",
      description = "Share that comes again with another payload, 0 to 1.")
  private String conflicts;

  @Option(
      names = "--malformed",
      paramLabel = "R",
      description = "Share that can't be decoded, 0 to 1.")
  private String malformed;

  @Option(names = "--late", paramLabel = "R", description = "Share that comes days late, 0 to 1.")
  private String late;

  @Option(
      names = "--format",
      paramLabel = "parquet|jsonl|csv",
      description = "The format of the files that are written (default: parquet).")
  private String format;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The port of the page, health and metrics (default: 8080; 0: any).")
  private String port;

  @Option(names = "--json", description = "End with a summary as one JSON object.")
  private boolean json;

  private static final int LOOK_MILLIS = 100;

  /** What a stop may take beyond the time that it waits for what is in flight. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private volatile Duration shutdownTimeout = Duration.ofSeconds(1);

  private volatile int exitCode = 1;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws InterruptedException {
    Flow flow = routing.flow();
    Settings settings = options.load(overrides(flow), flow == null ? null : flow.folder());
    shutdownTimeout = settings.duration(Setting.SHUTDOWN_TIMEOUT);
    long began = System.nanoTime();
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopped, "wadi-stop"));
    try (Application wadi =
        new Application(settings, data.folder(), shaping.shapes(), routing.routes(), flow)) {
      wadi.start();
      say(
          "ready at "
              + scheme(settings)
              + "://127.0.0.1:"
              + wadi.port()
              + "/ - the lake is "
              + lake(settings));
      try (LiveCounters counters =
          new LiveCounters(wadi.progress(), Terminal.isStandardError() ? System.err : null)) {
        counters.start();
        wadi.onFenced(stopping::countDown);
        awaitEnd(wadi, settings);
        boolean drained = wadi.drain(settings.duration(Setting.SHUTDOWN_TIMEOUT));
        exitCode = drained && !wadi.isFenced() ? 0 : 1;
      }
      Summary summary =
          new Summary(
              wadi.progress().totals(),
              wadi.commits().files(),
              Duration.ofNanos(System.nanoTime() - began));
      if (json) {
        System.out.println(summary.json());
      } else {
        say(summary.text());
      }
      System.out.flush();
    } finally {
      ended.countDown();
    }
    return exitCode;
  }

  private Map<String, String> overrides(Flow flow) {
    return new Overrides(spec)
        .with(Flow.FOLDER_PROPERTY, flow == null ? null : flow.location())
        .with(Setting.DECODE_SHAPE, ShapeOptions.SHAPE, shaping.shape())
        .with(Setting.SIMULATOR_RATE, "--rate", rate)
        .with(Setting.SIMULATOR_EVENTS, "--events", events)
        .with(Setting.SIMULATOR_DAYS, "--days", days)
        .with(Setting.SIMULATOR_SEED, "--seed", seed)
        .with(Setting.SIMULATOR_DUPLICATES, "--duplicates", duplicates)
        .with(Setting.SIMULATOR_CONFLICTS, "--conflicts", conflicts)
        .with(Setting.SIMULATOR_MALFORMED, "--malformed", malformed)
        .with(Setting.SIMULATOR_LATE, "--late", late)
        .with(Setting.LAND_FORMAT, "--format", format)
        .with(Setting.HTTP_PORT, "--port", port)
        .map();
  }

  /** What the server speaks. */
  static String scheme(Settings settings) {
    return settings.text(Setting.HTTP_TLS_CERTIFICATE).isBlank() ? "http" : "https";
  }

  private String lake(Settings settings) {
    String bucket = settings.text(Setting.LAND_BUCKET);
    return settings.profile().equals("local")
        ? data.folder().resolve(bucket).toString()
        : "s3://" + bucket;
  }

  /** Waits until the process is told to stop, or has landed all that it was to simulate. */
  private void awaitEnd(Application wadi, Settings settings) throws InterruptedException {
    if (settings.count(Setting.SIMULATOR_EVENTS) == 0) {
      stopping.await();
      return;
    }
    while (!stopping.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (wadi.isSimulated()) {
        wadi.awaitEmpty(() -> stopping.getCount() == 0);
        return;
      }
    }
  }

  /**
   * Ctrl-C or SIGTERM: what is in flight lands first, and then the exit code says whether it did.
   */
  private void stopped() {
    if (ended.getCount() == 0) {
      return;
    }
    stopping.countDown();
    try {
      if (!ended.await(shutdownTimeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
        say(
            "wadi: something doesn't answer, so it ends without more ado; nothing is lost: the next"
                + " start settles what was under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // otherwise the code would be that of the signal, though everything has ended well
    Runtime.getRuntime().halt(exitCode);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
