package dev.wadi;

import dev.wadi.cases.Came;
import dev.wadi.cases.CaseResult;
import dev.wadi.cases.CaseSetup;
import dev.wadi.cases.Comparison;
import dev.wadi.cases.Difference;
import dev.wadi.cases.RouteCase;
import dev.wadi.event.SetupException;
import dev.wadi.event.TransientException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs cases through the routes as a start would make them, in this process and without a server:
 * no port is taken, nobody is asked. What lands lands in a folder that is gone afterwards.
 */
public final class RouteCases {

  private static final Logger LOG = LoggerFactory.getLogger(RouteCases.class);

  /** What makes a case quick, and keeps it from servers; no case may say otherwise. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "camel.server.enabled",
          "false",
          Setting.DEDUPLICATE_REPOSITORY.property(),
          "caffeine",
          Setting.SIMULATOR_RATE.property(),
          "0",
          Setting.LAND_RETRY_DELAY.property(),
          "10ms",
          Setting.INTAKE_MAX_WAIT.property(),
          "10ms");

  private final Options options;
  private final Clock clock;

  /**
   * What the command line says, which counts more than what a case's file says, but for settings.
   *
   * @param commandLine settings, by property name
   * @param config a properties file, or null
   * @param shapes a folder of shapes, or null
   * @param routes a folder of routes, or null
   * @param flow null for none
   * @param patience how long a case may take
   */
  public record Options(
      String profile,
      Map<String, String> commandLine,
      Path config,
      Path shapes,
      Path routes,
      Flow flow,
      Duration patience) {

    public Options {
      commandLine = Map.copyOf(commandLine);
    }
  }

  public RouteCases(Options options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Runs a case; that it can't be run is a difference too. */
  public CaseResult run(RouteCase routeCase) {
    long began = System.nanoTime();
    List<Difference> differences;
    try {
      differences = Comparison.of(routeCase.expected(), came(routeCase));
    } catch (SetupException | TransientException e) {
      Came came = Came.failed(e.getMessage().strip().replaceAll("\\s*\\R\\s*", " "));
      differences = Comparison.of(routeCase.expected(), came);
    } catch (RuntimeException | StackOverflowError e) {
      // nobody can have expected this; the other cases are run all the same
      LOG.debug("the case {} can't be run", routeCase.place(), e);
      differences =
          List.of(
              new Difference.Failure(
                  null, e.getClass().getSimpleName() + ": " + CaseOutcomes.line(e)));
    }
    return new CaseResult(routeCase, differences, Duration.ofNanos(System.nanoTime() - began));
  }

  private Came came(RouteCase routeCase) {
    CaseSetup setup = routeCase.setup();
    Flow flow = flow(setup);
    Settings settings = settings(setup, flow);
    try (CaseFolder folder = CaseFolder.make();
        CaseRun run =
            new CaseRun(
                settings,
                flow,
                first(options.shapes(), setup.shapes()),
                first(options.routes(), setup.routes()),
                routeCase.into(),
                folder.path(),
                clock)) {
      return run.of(routeCase, options.patience());
    }
  }

  private Settings settings(CaseSetup setup, Flow flow) {
    Map<String, String> values = new HashMap<>(options.commandLine());
    if (flow != null) {
      values.put(Flow.FOLDER_PROPERTY, flow.location());
    }
    if (setup.shape() != null) {
      values.putIfAbsent(Setting.DECODE_SHAPE.property(), setup.shape());
    }
    values.putAll(setup.settings());
    values.putAll(ALWAYS);
    Settings settings =
        Settings.load(
            options.profile(), values, options.config(), flow == null ? null : flow.folder());
    SettingsRules.require(settings);
    return settings;
  }

  private Flow flow(CaseSetup setup) {
    if (options.flow() != null) {
      return options.flow();
    }
    if (setup.flowFolder() != null) {
      return new Flow(setup.flowFolder().toString(), setup.flowFolder());
    }
    return setup.flow() == null ? null : Flow.named(setup.flow());
  }

  private static Path first(Path strong, Path weak) {
    return strong == null ? weak : strong;
  }
}
