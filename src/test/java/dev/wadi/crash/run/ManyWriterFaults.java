package dev.wadi.crash.run;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.Weather;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What happens where several processes take from one queue and write to one lake. */
final class ManyWriterFaults {

  /** Where a process is when it falls asleep, to wake when others have taken over. */
  private static final List<String> ASLEEP_AT =
      List.of("claimed", "staged", "intent", "published-one", "published", "committed");

  /** Long enough that the signal comes before it goes on. */
  private static final int HELD_MILLIS = 1_000;

  private static final List<String> KILLED_AT =
      List.of("staged", "intent", "published-one", "published", "committed", "confirmed");

  private static final Conditions CLEAR = (arena, random) -> {};
  private static final Duration LASTING = Run.LOADING.plusMillis(500);

  private ManyWriterFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.add(here("two-processes", 0, CLEAR));
    faults.add(here("two-in-storm", 0, ManyWriterFaults::storm));
    faults.add(here("table-down", 0, ManyWriterFaults::tableDown));
    faults.add(here("table-throttled", 0, ManyWriterFaults::tableThrottled));
    faults.add(here("clock-skew", 2, CLEAR));
    KILLED_AT.forEach(point -> faults.add(killOneOfTwo(point)));
    ASLEEP_AT.forEach(point -> faults.add(zombie(point)));
    faults.add(processes("join-and-die", ManyWriterFaults::joinAndDie));
    return faults;
  }

  private interface Conditions {
    void set(Arena arena, Random random);
  }

  private interface Story {
    void happen(Processes processes, Random random) throws Exception;
  }

  /**
   * Two in this JVM.
   *
   * @param leases by how many leases the second one's clock is off, at most
   */
  private static Fault here(String name, int leases, Conditions conditions) {
    boolean isClear = conditions == CLEAR;
    return Fault.ofMany(
        name,
        (contender, arena, random) -> {
          Duration off =
              Duration.ofMillis(
                  (long) ((random.nextDouble() * 2 - 1) * leases * Arena.LEASE.toMillis()));
          Clock right = Clock.systemUTC();
          Subject subject = WadiHere.several(arena, List.of(right, Clock.offset(right, off)));
          return new Ordeal(
              subject,
              subject::start,
              () -> {
                conditions.set(arena, random);
                Arena.pass(LASTING);
                Arena.await("a fault", () -> arena.faults() > 0 || isClear);
              });
        });
  }

  private static Fault processes(String name, Story story) {
    return Fault.ofMany(
        name,
        (contender, arena, random) -> {
          Processes two = WadiProcesses.several(arena);
          return new Ordeal(
              two,
              () -> {
                two.start(0, Map.of());
                two.start(1, Map.of());
              },
              () -> story.happen(two, random));
        });
  }

  /** One of two dies for good there; the other lands what it held. */
  private static Fault killOneOfTwo(String point) {
    return atPoint(
        "kill-one-of-two@" + point,
        point,
        (two, random) -> {
          two.kill(1);
          if (random.nextBoolean()) {
            two.start(1, Map.of());
          }
        });
  }

  /** It sleeps beyond its lease and its messages' visibility, and goes on where it was. */
  private static Fault zombie(String point) {
    return atPoint(
        "zombie@" + point,
        point + "/" + HELD_MILLIS,
        (two, random) -> {
          two.process(1).pause();
          Arena.pass(Arena.LEASE.plus(Arena.VISIBILITY).plusMillis(random.nextInt(3000)));
          two.process(1).resume();
        });
  }

  private static Fault atPoint(String name, String failpoint, Story story) {
    return Fault.ofMany(
        name,
        (contender, arena, random) -> {
          Processes two = WadiProcesses.several(arena);
          return new Ordeal(
              two,
              () -> {
                two.start(0, Map.of());
                two.start(1, Map.of("WADI_FAILPOINT", failpoint));
              },
              () -> {
                two.process(1).awaitError(line -> line.startsWith("failpoint"), failpoint);
                story.happen(two, random);
              });
        });
  }

  private static void joinAndDie(Processes two, Random random) throws Exception {
    two.begin(2, Map.of());
    Arena.pass(Duration.ofMillis(500 + random.nextInt(2000)));
    two.kill(random.nextInt(2));
  }

  private static void storm(Arena arena, Random random) {
    NetworkFaults.storm(arena, random);
    List<Fate> table =
        List.of(Fate.RESET, Fate.LOST_ANSWER, Fate.THROUGHPUT_EXCEEDED, Fate.UNAVAILABLE);
    arena.tableProxy().set(Weather.of(random.nextDouble() * 0.2, table, random));
  }

  private static void tableDown(Arena arena, Random random) {
    List<Fate> down = List.of(random.nextBoolean() ? Fate.RESET : Fate.UNAVAILABLE);
    arena.tableProxy().set(Weather.of(1, down, random));
  }

  private static void tableThrottled(Arena arena, Random random) {
    double rate = 0.2 + random.nextDouble() * 0.4;
    arena.tableProxy().set(Weather.of(rate, List.of(Fate.THROUGHPUT_EXCEEDED), random));
  }
}
