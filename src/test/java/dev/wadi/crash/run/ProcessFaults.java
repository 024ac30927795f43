package dev.wadi.crash.run;

import dev.wadi.process.WadiProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What happens to processes: each is a real signal to a real process. */
final class ProcessFaults {

  private static final Set<Contender> BOTH = Set.of(Contender.WADI, Contender.CONTROL);
  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  /** Every arrow of the protocol: ARCHITECTURE.md, "Crash here". */
  private static final List<String> POINTS =
      List.of(
          "received",
          "claimed",
          "staged",
          "intent",
          "published-one",
          "published-one:3",
          "published",
          "committed",
          "intent-deleted",
          "confirmed",
          "acknowledging");

  private static final List<String> POINTS_OF_RECOVERY = List.of("undone-one", "undone");

  private ProcessFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    POINTS.forEach(point -> faults.add(killAt(point)));
    POINTS_OF_RECOVERY.forEach(point -> faults.add(killInRecoveryAt(point)));
    faults.add(fault("kill", BOTH, ProcessFaults::killAtRandom));
    faults.add(fault("kill-in-storm", BOTH, ProcessFaults::killInAStorm));
    faults.add(fault("terminate", BOTH, ProcessFaults::terminate));
    faults.add(terminateWithAFullBuffer());
    faults.add(reload());
    faults.add(replayTwice());
    faults.add(fault("pause", BOTH, ProcessFaults::pause));
    return faults;
  }

  private interface Story {
    void happen(Arena arena, Processes processes, Random random) throws Exception;
  }

  private static Fault fault(String name, Set<Contender> concerns, Story story) {
    return Fault.ofOne(
        name,
        concerns,
        (contender, arena, random) -> {
          Processes processes = of(contender, arena);
          return new Ordeal(
              processes, processes::start, () -> story.happen(arena, processes, random));
        });
  }

  private static Fault killAt(String point) {
    return Fault.ofOne(
        "kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          Processes wadi = of(contender, arena);
          return new Ordeal(
              wadi,
              () -> wadi.start(0, Map.of("WADI_FAILPOINT", point)),
              () -> {
                wadi.awaitFailpoint(0, point);
                wadi.kill(0);
                wadi.start();
              });
        });
  }

  /** It dies with objects in the lake that no marker names, and again while it undoes them. */
  private static Fault killInRecoveryAt(String point) {
    return Fault.ofOne(
        "kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          Processes wadi = of(contender, arena);
          return new Ordeal(
              wadi,
              () -> wadi.start(0, Map.of("WADI_FAILPOINT", "published")),
              () -> {
                wadi.awaitFailpoint(0, "published");
                wadi.kill(0);
                wadi.begin(0, Map.of("WADI_FAILPOINT", point));
                wadi.awaitFailpoint(0, point);
                wadi.kill(0);
                wadi.start();
              });
        });
  }

  private static Processes of(Contender contender, Arena arena) {
    return contender == Contender.WADI ? WadiProcesses.alone(arena) : new ControlProcess(arena);
  }

  private static void killAtRandom(Arena arena, Processes processes, Random random)
      throws Exception {
    for (int kills = 1 + random.nextInt(2); kills > 0; kills--) {
      Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
      processes.kill(0);
      processes.start();
    }
  }

  private static void killInAStorm(Arena arena, Processes processes, Random random)
      throws Exception {
    NetworkFaults.storm(arena, random);
    Arena.pass(Duration.ofMillis(500 + random.nextInt(2000)));
    processes.kill(0);
    arena.clear();
    processes.start();
  }

  /** Nothing of what it holds has landed when it is told to stop. */
  private static Fault terminateWithAFullBuffer() {
    return Fault.ofOne(
        "terminate-full",
        WADI,
        (contender, arena, random) -> {
          Processes wadi = of(contender, arena);
          Map<String, String> late = Map.of("WADI_LAND_MAX_AGE", "5m", "WADI_LAND_FIRST_AGE", "5m");
          return new Ordeal(
              wadi,
              () -> wadi.start(0, late),
              () -> {
                Arena.pass(Run.LOADING);
                wadi.terminate(0);
                wadi.start();
              });
        });
  }

  /** What is rejected again stays the same dead letter, also if it is killed over it. */
  private static Fault replayTwice() {
    return Fault.ofOne(
        "replay-twice",
        WADI,
        (contender, arena, random) -> {
          WadiProcesses wadi = WadiProcesses.alone(arena);
          return new Ordeal(
              wadi,
              wadi::start,
              () -> {
                Arena.pass(Run.LOADING);
                for (int replays = 0; replays < 2; ) {
                  // there may be no dead letter in the lake yet
                  replays += wadi.replayAll() ? 1 : 0;
                  if (replays == 1 && random.nextBoolean()) {
                    wadi.kill(0);
                    wadi.start();
                  }
                }
              });
        });
  }

  /** Camel itself loads a route of the user's folder again when its file changes. */
  private static Fault reload() {
    return Fault.ofOne(
        "reload",
        WADI,
        (contender, arena, random) -> {
          WadiProcesses wadi = WadiProcesses.alone(arena);
          RouteFolder routes = new RouteFolder(arena.folder().resolve("routes"));
          return new Ordeal(
              wadi,
              () -> {
                routes.write(0);
                wadi.start(0, routes.reloaded(), routes.arguments());
              },
              () -> {
                for (int n = 1; n <= 3; n++) {
                  Arena.pass(Duration.ofMillis(random.nextInt(700)));
                  routes.write(n);
                  if (n == 1) {
                    awaitReload(wadi.process(0), routes);
                  }
                }
              });
        });
  }

  /** Camel may begin to watch the folder only after the first change, so that is made again. */
  private static void awaitReload(WadiProcess wadi, RouteFolder routes) throws Exception {
    for (int looks = 0;
        looks < 10 && wadi.errors().stream().noneMatch(line -> line.contains("event version 1"));
        looks++) {
      Arena.pass(Duration.ofSeconds(2));
      routes.write(1);
    }
    wadi.awaitError(line -> line.contains("event version 1"), "a reload");
  }

  private static void terminate(Arena arena, Processes processes, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    processes.terminate(0);
    processes.start();
  }

  /** Longer than messages stay hidden: the queue shows them to others, and to itself again. */
  private static void pause(Arena arena, Processes processes, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    processes.process(0).pause();
    Arena.pass(Arena.VISIBILITY.plusMillis(500 + random.nextInt(1000)));
    processes.process(0).resume();
  }
}
