package dev.wadi;

import dev.wadi.ops.Setting;
import dev.wadi.ops.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which route files a process runs: Wadi's own, and those of a flow and of the user, which add
 * routes or, where they have a route of the same id, replace it.
 */
final class RouteFiles {

  /** Named one by one, since a pattern would make Camel scan the whole jar. */
  static final List<String> OWN =
      List.of(
          "10-simulate",
          "11-simulate-kinesis",
          "12-simulate-files",
          "13-poll-api",
          "20-intake-sqs",
          "21-intake-kinesis",
          "22-intake-s3",
          "23-intake-http",
          "24-intake-postgres",
          "30-pipeline",
          "31-event",
          "32-dead-letter",
          "33-isolated",
          "40-land",
          "50-archive-dead-letters",
          "60-compact",
          "70-report",
          "80-land-sqs",
          "81-land-kinesis",
          "82-land-postgres",
          "90-http-page",
          "91-http-page-files",
          "92-http-health",
          "93-http-health-live",
          "93-http-health-ready",
          "94-http-metrics",
          "95-http-status",
          "96-http-events",
          "97-http-events-queue",
          "98-http-events-stream");

  private RouteFiles() {}

  /**
   * The locations that Camel loads, in order.
   *
   * @param leftOut ids of routes of Wadi's that aren't wanted
   */
  static List<String> locations(UserRoutes users, List<String> leftOut) {
    Map<String, String> byRoute = new LinkedHashMap<>();
    for (String name : OWN) {
      byRoute.put(name.substring(3), "classpath:routes/" + name + ".camel.yaml");
    }
    leftOut.forEach(byRoute::remove);
    users.ids().forEach(byRoute::remove);
    List<String> locations = new ArrayList<>(byRoute.values());
    users.files().forEach(file -> locations.add(Flow.location(file)));
    return locations;
  }

  /** The ids of those of Wadi's own routes that the settings don't want. */
  static List<String> leftOut(Settings settings) {
    List<String> leftOut = new ArrayList<>(new Streams(settings).leftOut());
    leftOut.addAll(new Drops(settings).leftOut());
    leftOut.addAll(new Postgres(settings).leftOut());
    leftOut.addAll(new HttpEvents(settings).leftOut());
    leftOut.addAll(new Polling(settings).leftOut());
    leftOut.addAll(new Outbound(settings).leftOut());
    if (settings.duration(Setting.COMPACT_PERIOD).isZero()) {
      leftOut.add("compact");
    }
    if (!SettingsRules.hasReport(settings)) {
      leftOut.add("report");
    }
    return leftOut;
  }
}
