package dev.wadi.crash.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens while a load comes in as objects of a bucket. */
final class DropFaults {

  /** Where it matters that an object is accounted for by several deliveries. */
  private static final List<String> POINTS =
      List.of("received", "claimed", "published", "committed", "confirmed", "acknowledging");

  private static final SourceFaults<DroppedOn> DROP = new SourceFaults<>("drop", DroppedOn::of);

  private DropFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(DROP.killAt(POINTS));
    faults.add(DROP.fault("none", (arena, wadi, random) -> Arena.pass(Run.LOADING)));
    faults.add(DROP.kill());
    faults.add(DROP.terminate());
    faults.add(DROP.fault("pause", DropFaults::pause));
    faults.add(DROP.fault("storm", DropFaults::storm));
    faults.add(
        DROP.fault(
            "store-down",
            (arena, wadi, random) -> NetworkFaults.outage(arena.storeProxy(), random)));
    faults.add(
        DROP.fault(
            "queue-down",
            (arena, wadi, random) -> NetworkFaults.outage(arena.queueProxy(), random)));
    return faults;
  }

  /** Longer than notifications stay hidden. */
  private static void pause(Arena arena, WadiProcesses wadi, Random random) throws Exception {
    SourceFaults.passSome(random);
    wadi.process(0).pause();
    Arena.pass(Arena.VISIBILITY.plusMillis(500 + random.nextInt(1000)));
    wadi.process(0).resume();
  }

  private static void storm(Arena arena, WadiProcesses wadi, Random random) {
    NetworkFaults.storm(arena, random);
    Arena.pass(Run.LOADING.plusMillis(500));
  }
}
