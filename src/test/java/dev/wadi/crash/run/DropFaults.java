package dev.wadi.crash.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What happens while a load comes in as objects of a bucket. */
final class DropFaults {

  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  /** Where it matters that an object is accounted for by several deliveries. */
  private static final List<String> POINTS =
      List.of("received", "claimed", "published", "committed", "confirmed", "acknowledging");

  private DropFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    POINTS.forEach(point -> faults.add(killAt(point)));
    faults.add(fault("drop-none", (arena, wadi, random) -> Arena.pass(Run.LOADING)));
    faults.add(fault("drop-kill", DropFaults::killAtRandom));
    faults.add(fault("drop-terminate", DropFaults::terminate));
    faults.add(fault("drop-pause", DropFaults::pause));
    faults.add(fault("drop-storm", DropFaults::storm));
    faults.add(
        fault(
            "drop-store-down",
            (arena, wadi, random) -> NetworkFaults.outage(arena.storeProxy(), random)));
    faults.add(
        fault(
            "drop-queue-down",
            (arena, wadi, random) -> NetworkFaults.outage(arena.queueProxy(), random)));
    return faults;
  }

  private interface Story {
    void happen(Arena arena, WadiProcesses wadi, Random random) throws Exception;
  }

  private static Fault fault(String name, Story story) {
    return Fault.ofOne(
        name,
        WADI,
        (contender, arena, random) -> {
          DroppedOn subject = new DroppedOn(arena, random);
          return new Ordeal(
              subject, subject::start, () -> story.happen(arena, subject.processes(), random));
        });
  }

  private static Fault killAt(String point) {
    return Fault.ofOne(
        "drop-kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          DroppedOn subject = new DroppedOn(arena, random);
          WadiProcesses wadi = subject.processes();
          return new Ordeal(
              subject,
              () -> wadi.start(0, Map.of("WADI_FAILPOINT", point)),
              () -> {
                wadi.process(0)
                    .awaitError(line -> line.startsWith("failpoint"), "the failpoint " + point);
                wadi.kill(0);
                wadi.start();
              });
        });
  }

  private static void killAtRandom(Arena arena, WadiProcesses wadi, Random random)
      throws Exception {
    for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
      Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
      wadi.kill(0);
      wadi.start();
    }
  }

  private static void terminate(Arena arena, WadiProcesses wadi, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    wadi.terminate(0);
    wadi.start();
  }

  /** Longer than notifications stay hidden. */
  private static void pause(Arena arena, WadiProcesses wadi, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    wadi.process(0).pause();
    Arena.pass(Arena.VISIBILITY.plusMillis(500 + random.nextInt(1000)));
    wadi.process(0).resume();
  }

  private static void storm(Arena arena, WadiProcesses wadi, Random random) {
    NetworkFaults.storm(arena, random);
    Arena.pass(Run.LOADING.plusMillis(500));
  }
}
