package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.Check;
import dev.wadi.Flow;
import dev.wadi.check.Finding;
import dev.wadi.check.Finding.Severity;
import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wadi check}: configuration, shapes and routes, judged without starting anything. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Judges configuration, shapes and routes as `wadi run` would use them, without starting"
          + " anything.",
      "Says each finding in a line, with file and line; see docs/check.md. Exits 1 if there is an"
          + " error."
    })
public final class CheckCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "local|aws",
      defaultValue = "local",
      description = "What would be run (default: ${DEFAULT-VALUE}).")
  private String profile;

  @Option(
      names = "--flow",
      paramLabel = "NAME|DIR",
      description = "A flow (see wadi flows), or a folder with one of your own.")
  private String flowName;

  @Option(names = "--routes", paramLabel = "DIR", description = "A folder of route files (YAML).")
  private Path routes;

  @Option(names = "--shapes", paramLabel = "DIR", description = "A folder of shape files (YAML).")
  private Path shapes;

  @Option(names = "--config", paramLabel = "FILE", description = "A properties file.")
  private Path config;

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description = "The shape that events are read by.")
  private String shape;

  @Option(names = "--strict", description = "Exit 1 for warnings too.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (!Settings.PROFILES.contains(profile)) {
      throw new ParameterException(
          spec.commandLine(), "unknown profile '" + profile + "': choose local or aws");
    }
    Flow flow = flowName == null ? null : Flow.named(flowName);
    Map<String, String> commandLine =
        new Overrides(spec)
            .with(Flow.FOLDER_PROPERTY, flow == null ? null : flow.location())
            .with(Setting.DECODE_SHAPE, "--shape", shape)
            .map();
    Check.Result result = new Check(profile, commandLine, config, shapes, routes, flow).run();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(result));
    } else {
      result.findings().forEach(finding -> out.println(finding.text()));
      out.println(summary(result));
    }
    out.flush();
    return isPassed(result) ? 0 : 1;
  }

  private boolean isPassed(Check.Result result) {
    return strict ? result.findings().isEmpty() : count(result, Severity.ERROR) == 0;
  }

  private static String summary(Check.Result result) {
    String judged =
        "%d routes, %d shapes, %d settings"
            .formatted(result.routes(), result.shapes(), result.settings());
    return result.findings().isEmpty()
        ? "ok: " + judged
        : "%d errors, %d warnings in %s"
            .formatted(count(result, Severity.ERROR), count(result, Severity.WARNING), judged);
  }

  private static long count(Check.Result result, Severity severity) {
    return result.findings().stream().filter(f -> f.severity() == severity).count();
  }

  private static ObjectNode json(Check.Result result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("errors", count(result, Severity.ERROR));
    json.put("warnings", count(result, Severity.WARNING));
    json.put("routes", result.routes());
    json.put("shapes", result.shapes());
    json.put("settings", result.settings());
    for (Finding finding : result.findings()) {
      json.withArray("findings")
          .addObject()
          .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
          .put("file", finding.file())
          .put("line", finding.line())
          .put("message", finding.message());
    }
    return json;
  }
}
