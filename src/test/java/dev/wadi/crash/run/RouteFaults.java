package dev.wadi.crash.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What happens to a process whose route files change under load. */
final class RouteFaults {

  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  /** Where a change is when the process dies: ARCHITECTURE.md, "Routes changed". */
  private static final List<String> POINTS =
      List.of("routes-empty", "routes-removed", "routes-added", "routes-removed:2");

  private RouteFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.add(
        Fault.ofOne(
            "routes",
            WADI,
            (contender, arena, random) -> {
              WadiProcesses wadi = WadiProcesses.alone(arena);
              RouteFolder routes = new RouteFolder(arena.folder().resolve("routes"));
              return new Ordeal(
                  wadi, () -> start(wadi, routes, Map.of()), () -> change(wadi, routes, random));
            }));
    POINTS.forEach(point -> faults.add(killAt(point)));
    return faults;
  }

  private static void start(WadiProcesses wadi, RouteFolder routes, Map<String, String> others)
      throws Exception {
    routes.write(0);
    Map<String, String> environment = new TreeMap<>(routes.watched());
    environment.putAll(others);
    wadi.start(0, environment, routes.arguments());
  }

  /** Good and wrong versions, one after the other, and perhaps a kill amid a change. */
  private static void change(WadiProcesses wadi, RouteFolder routes, Random random)
      throws Exception {
    int kills = random.nextInt(3);
    for (int version = 1; version <= 6; version++) {
      if (random.nextInt(3) == 0) {
        routes.spoil(random.nextInt(3));
        Arena.pass(Duration.ofMillis(random.nextInt(600)));
      }
      if (random.nextBoolean()) {
        routes.writeIntake(version);
      }
      routes.write(version);
      Arena.pass(Duration.ofMillis(random.nextInt(900)));
      if (version % 2 == 0 && kills-- > 0) {
        wadi.kill(0);
        wadi.start(0, routes.watched(), routes.arguments());
      }
    }
    routes.write(7);
    wadi.process(0).awaitError(line -> line.contains("routes changed"), "a change of routes");
  }

  private static Fault killAt(String point) {
    return Fault.ofOne(
        "routes-kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          WadiProcesses wadi = WadiProcesses.alone(arena);
          RouteFolder routes = new RouteFolder(arena.folder().resolve("routes"));
          return new Ordeal(
              wadi,
              () -> start(wadi, routes, Map.of("WADI_FAILPOINT", point)),
              () -> {
                for (int version = 1;
                    wadi.process(0).errors().stream().noneMatch(RouteFaults::isFailpoint);
                    version++) {
                  routes.write(version);
                  routes.writeIntake(version);
                  Arena.pass(Duration.ofMillis(500 + random.nextInt(500)));
                }
                wadi.kill(0);
                wadi.start(0, routes.watched(), routes.arguments());
              });
        });
  }

  private static boolean isFailpoint(String line) {
    return line.startsWith("failpoint");
  }
}
