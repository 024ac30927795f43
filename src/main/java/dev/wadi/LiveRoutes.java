package dev.wadi;

import dev.wadi.check.Finding;
import dev.wadi.check.RouteCheck;
import dev.wadi.event.SetupException;
import dev.wadi.ops.Settings;
import dev.wadi.reload.RouteFolder;
import dev.wadi.reload.RouteSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder of {@code --routes} as it is now, over the flow's routes and Wadi's own. */
final class LiveRoutes implements RouteFolder {

  private final Settings settings;
  private final Path folder;
  private final UserRoutes flow;
  private final List<String> leftOut;

  /**
   * @param folder that of {@code --routes}
   * @param flow the routes of the flow, which don't change
   * @param leftOut ids of routes of Wadi's that aren't wanted
   */
  LiveRoutes(Settings settings, Path folder, UserRoutes flow, List<String> leftOut) {
    this.settings = settings;
    this.folder = folder;
    this.flow = flow;
    this.leftOut = leftOut;
  }

  @Override
  public Map<Path, String> read() {
    return UserRoutes.read(folder);
  }

  @Override
  public RouteSet routes(Map<Path, String> texts) {
    UserRoutes users = users(texts);
    Map<String, String> byLocation = new LinkedHashMap<>();
    users.texts().forEach((file, text) -> byLocation.put(Flow.location(file), text));
    RouteSet routes = new RouteSet();
    for (String location : RouteFiles.locations(users, leftOut)) {
      if (byLocation.containsKey(location)) {
        routes.users(location, byLocation.get(location));
      } else {
        routes.own(location, own(location));
      }
    }
    return routes;
  }

  @Override
  public List<Finding> check(RouteSet routes) {
    return new RouteCheck(
            settings.forCamel(),
            RouteBeans.idle(settings),
            RouteBeans::components,
            location -> location.replaceFirst("^file:", ""))
        .check(routes.locations(), routes.texts())
        .findings();
  }

  @Override
  public String explain(Throwable failure, Map<Path, String> texts) {
    return RouteFailure.explain(failure, users(texts)).getMessage();
  }

  private UserRoutes users(Map<Path, String> texts) {
    return UserRoutes.ofTexts(texts).over(flow);
  }

  private static String own(String location) {
    String name = location.replaceFirst("^classpath:", "/");
    try (InputStream file = LiveRoutes.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new SetupException("can't read " + location + " of wadi itself: " + e, e);
    }
  }
}
