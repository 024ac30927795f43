package dev.wadi;

import dev.wadi.check.Finding;
import dev.wadi.check.RouteCheck;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Setting;
import dev.wadi.ops.SettingProblem;
import dev.wadi.ops.Settings;
import dev.wadi.shape.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a start would use, judged without one: settings, shapes and routes. Makes no
 * folder, takes no port, asks nobody.
 */
public final class Check {

  private final String profile;
  private final Map<String, String> commandLine;
  private final Path config;
  private final Path shapes;
  private final Path routes;
  private final Flow flow;

  /**
   * @param commandLine what the command line sets, by property name
   * @param config a properties file, or null
   * @param shapes the user's folder of shapes, or null
   * @param routes the user's folder of routes, or null
   * @param flow null for none
   */
  public Check(
      String profile,
      Map<String, String> commandLine,
      Path config,
      Path shapes,
      Path routes,
      Flow flow) {
    this.profile = profile;
    this.commandLine = Map.copyOf(commandLine);
    this.config = config;
    this.shapes = shapes;
    this.routes = routes;
    this.flow = flow;
  }

  /**
   * What was judged, and what was found.
   *
   * @param routes how many routes
   * @param shapes how many shapes, Wadi's own among them
   * @param settings how many settings
   */
  public record Result(int routes, int shapes, int settings, List<Finding> findings) {}

  /**
   * Looks at everything.
   *
   * @throws SetupException only if a file of settings can't be read, so that nothing can be judged
   */
  public Result run() {
    List<Finding> findings = new ArrayList<>();
    Settings settings =
        Settings.check(
            profile,
            commandLine,
            config,
            flow == null ? null : flow.folder(),
            problem -> findings.add(finding(problem)));
    SettingsRules.broken(settings).forEach(broken -> findings.add(Finding.of(broken)));
    Shapes known =
        Shapes.check(
            Application.shapeFolders(shapes, flow),
            DecodeSettings.ofShapes(settings),
            broken -> findings.add(Finding.of(broken)));
    try {
      known.named(settings.text(Setting.DECODE_SHAPE));
    } catch (SetupException e) {
      findings.add(Finding.of(e));
    }
    RouteCheck.Result checked = routes(settings, findings);
    findings.addAll(checked.findings());
    return new Result(
        checked.routes(),
        known.names().size(),
        Setting.values().length,
        findings.stream().distinct().sorted(Finding.ORDER).toList());
  }

  private RouteCheck.Result routes(Settings settings, List<Finding> findings) {
    UserRoutes users = UserRoutes.check(routes, flow, broken -> findings.add(Finding.of(broken)));
    Map<String, String> shown = new LinkedHashMap<>();
    users.files().forEach(file -> shown.put(Flow.location(file), file.toString()));
    return new RouteCheck(
            settings.forCamel(),
            RouteBeans.idle(settings),
            RouteBeans::components,
            location -> shown.getOrDefault(location, location))
        .check(RouteFiles.locations(users, RouteFiles.leftOut(settings)));
  }

  private static Finding finding(SettingProblem problem) {
    String origin = problem.origin();
    if (origin != null && origin.matches("\\S+:\\d+")) {
      int colon = origin.lastIndexOf(':');
      return new Finding(
          Finding.Severity.ERROR,
          origin.substring(0, colon),
          Integer.parseInt(origin.substring(colon + 1)),
          problem.what() + ": " + problem.remedy());
    }
    String at = origin == null ? "" : " (" + origin + ")";
    return new Finding(
        Finding.Severity.ERROR, null, 0, problem.what() + at + ": " + problem.remedy());
  }
}
