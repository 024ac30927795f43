package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.Flow;
import dev.wadi.RouteCases;
import dev.wadi.cases.CaseFile;
import dev.wadi.cases.CaseResult;
import dev.wadi.cases.DiffText;
import dev.wadi.cases.JunitXml;
import dev.wadi.cases.RouteCase;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wadi test}: cases of YAML through the routes, without servers. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs cases from YAML files through the routes, without a server, and says how what came",
      "differs from what they expect; see docs/testing-routes.md."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every case is as expected",
      "1:a case is not",
      "2:wrong usage, or a file of cases that can't be read"
    })
public final class TestCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CASES = "cases";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "0..*",
      description = "Files of cases, or folders of them; with --flow by default the flow's own.")
  private List<Path> files = List.of();

  @Mixin private SettingsOptions options;

  @Mixin private FlowOptions routing;

  @Mixin private ShapeOptions shaping;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Only cases that have this in their name.")
  private String name;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a case may take (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the results as JUnit's XML too, for CI.")
  private Path junit;

  @Override
  public Integer call() {
    if (timeout < 1) {
      throw new ParameterException(spec.commandLine(), "--timeout must be 1 or more");
    }
    requireFolder("--routes", routing.routes());
    requireFolder("--shapes", shaping.shapes());
    if (options.config() != null && !Files.isReadable(options.config())) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no file --config " + options.config() + ": name one that is there");
    }
    Flow flow = flow();
    List<RouteCase> cases = cases(flow);
    if (cases == null) {
      return ExitCode.USAGE;
    }
    RouteCases routeCases =
        new RouteCases(
            new RouteCases.Options(
                options.profile(),
                overrides(),
                options.config(),
                shaping.shapes(),
                routing.routes(),
                flow,
                Duration.ofSeconds(timeout)),
            Clock.systemUTC());
    PrintWriter out = spec.commandLine().getOut();
    DiffText text = new DiffText(!json && Terminal.hasColours());
    List<CaseResult> results = new ArrayList<>();
    for (RouteCase each : cases) {
      CaseResult result = routeCases.run(each);
      results.add(result);
      if (!json) {
        out.println(text.line(result));
        text.lines(result).forEach(out::println);
        out.flush();
      }
    }
    out.println(json ? json(results, text) : summary(results));
    out.flush();
    write(results);
    return failed(results) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Flow flow() {
    try {
      return routing.flow();
    } catch (SetupException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void requireFolder(String option, Path folder) {
    if (folder != null && !Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(), "there is no folder " + option + " " + folder + ": name one");
    }
  }

  /** Null if a file is wrong, which is said then, of every file that is. */
  private List<RouteCase> cases(Flow flow) {
    List<Path> given = new ArrayList<>(files);
    if (given.isEmpty() && flow == null) {
      throw new ParameterException(
          spec.commandLine(), "no cases: name a file or folder of cases, or a flow with --flow");
    }
    if (given.isEmpty()) {
      given.add(flow.folder().resolve(CASES));
    }
    List<RouteCase> cases = new ArrayList<>();
    boolean wrong = false;
    for (Path file : given) {
      try {
        cases.addAll(CaseFile.read(file, overruled()));
      } catch (SetupException e) {
        wrong = true;
        spec.commandLine().getErr().println("wadi test: " + e.getMessage());
      }
    }
    if (wrong) {
      return null;
    }
    if (name != null) {
      cases.removeIf(each -> !each.name().contains(name));
      if (cases.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "no case has '" + name + "' in its name: see what they are called");
      }
    }
    return cases;
  }

  private Set<String> overruled() {
    Set<String> overruled = new HashSet<>();
    if (routing.routes() != null) {
      overruled.add("routes");
    }
    if (shaping.shapes() != null) {
      overruled.add("shapes");
    }
    return overruled;
  }

  private Map<String, String> overrides() {
    return new Overrides(spec)
        .with(Setting.DECODE_SHAPE, ShapeOptions.SHAPE, shaping.shape())
        .map();
  }

  private void write(List<CaseResult> results) {
    if (junit == null) {
      return;
    }
    try {
      if (junit.toAbsolutePath().getParent() != null) {
        Files.createDirectories(junit.toAbsolutePath().getParent());
      }
      Files.writeString(junit, JunitXml.of(results));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "can't write --junit " + junit + ": " + e, e);
    }
  }

  private static String summary(List<CaseResult> results) {
    double seconds = results.stream().mapToDouble(CaseResult::seconds).sum();
    long failed = failed(results);
    return failed == 0
        ? String.format(Locale.ROOT, "ok: %d cases in %.1f s", results.size(), seconds)
        : String.format(
            Locale.ROOT, "%d of %d cases FAILED, in %.1f s", failed, results.size(), seconds);
  }

  private static long failed(List<CaseResult> results) {
    return results.stream().filter(result -> !result.isOk()).count();
  }

  private static ObjectNode json(List<CaseResult> results, DiffText text) {
    ObjectNode all = JSON.createObjectNode();
    all.put("cases", results.size());
    all.put("failed", failed(results));
    all.putArray("results");
    for (CaseResult result : results) {
      ObjectNode one = all.withArray("results").addObject();
      one.put("name", result.routeCase().name());
      one.put("file", result.routeCase().file().toString());
      one.put("line", result.routeCase().line());
      one.put("ok", result.isOk());
      one.put("seconds", result.seconds());
      ArrayNode diff = one.putArray("diff");
      text.lines(result).stream().skip(1).map(String::strip).forEach(diff::add);
    }
    return all;
  }
}
