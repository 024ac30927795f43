package dev.wadi.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wadi.Check;
import dev.wadi.Flow;
import dev.wadi.check.Finding;
import dev.wadi.check.Finding.Severity;
import dev.wadi.ops.Setting;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private SettingsOptions options;

  @Mixin private FlowOptions routing;

  @Mixin private ShapeOptions shaping;

  @Option(names = "--strict", description = "Exit 1 for warnings too.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Flow flow = routing.flow();
    Map<String, String> commandLine =
        new Overrides(spec)
            .with(Flow.FOLDER_PROPERTY, flow == null ? null : flow.location())
            .with(Setting.DECODE_SHAPE, ShapeOptions.SHAPE, shaping.shape())
            .map();
    Check.Result result =
        new Check(
                options.profile(),
                commandLine,
                options.config(),
                shaping.shapes(),
                routing.routes(),
                flow)
            .run();
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
