package dev.wadi.crash.run;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.FaultProxy;
import dev.wadi.crash.faults.Weather;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** What networks and services do, on the way to the queues and the store. */
final class NetworkFaults {

  private static final Set<Contender> BOTH = Set.of(Contender.WADI, Contender.CONTROL);

  /** A little longer than the load comes in. */
  private static final Duration LASTING = Run.LOADING.plusMillis(500);

  private static final String NONE = "none";
  private static final Duration SLOW = Duration.ofMillis(300);

  /** Longer than a message stays hidden. */
  private static final Duration HANGING = Arena.VISIBILITY.plusMillis(500);

  private static final double HANGING_RATE = 0.04;
  private static final Fate HANG = Fate.hang(HANGING);
  private static final Fate HANGING_ANSWER = Fate.hangingAnswer(HANGING);

  private NetworkFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(NONE, BOTH, (arena, random) -> {}),
        fault("reset", BOTH, everywhere(List.of(Fate.RESET), List.of(Fate.RESET))),
        fault(
            "lost-answer", BOTH, everywhere(List.of(Fate.LOST_ANSWER), List.of(Fate.LOST_ANSWER))),
        fault(
            "refused",
            BOTH,
            everywhere(List.of(Fate.THROTTLED, Fate.UNAVAILABLE), List.of(Fate.SLOW_DOWN))),
        fault("slow", BOTH, everywhere(List.of(Fate.slow(SLOW)), List.of(Fate.slow(SLOW)))),
        fault("time-out", BOTH, NetworkFaults::hang),
        fault("queue-down", BOTH, (arena, random) -> outage(arena.queueProxy(), random)),
        fault("store-down", BOTH, (arena, random) -> outage(arena.storeProxy(), random)),
        fault(
            "dlq-down",
            Set.of(Contender.WADI),
            (arena, random) ->
                arena.queueProxy().set(Weather.against(arena.deadLetterQueue(), Fate.UNAVAILABLE))),
        fault("storm", BOTH, NetworkFaults::storm));
  }

  /** Everything at once, at lower rates. */
  static void storm(Arena arena, Random random) {
    List<Fate> queue =
        List.of(
            Fate.RESET, Fate.LOST_ANSWER, Fate.THROTTLED, Fate.UNAVAILABLE, Fate.slow(SLOW), HANG);
    List<Fate> store =
        List.of(Fate.RESET, Fate.LOST_ANSWER, Fate.SLOW_DOWN, Fate.slow(SLOW), HANGING_ANSWER);
    double rate = 0.05 + random.nextDouble() * 0.2;
    set(arena, rate, queue, store, random);
  }

  private static Fault fault(
      String name, Set<Contender> concerns, BiConsumer<Arena, Random> weather) {
    return Fault.ofOne(
        name,
        concerns,
        (contender, arena, random) -> {
          Subject subject =
              contender == Contender.WADI ? WadiHere.alone(arena) : new ControlProcess(arena);
          return new Ordeal(
              subject,
              subject::start,
              () -> {
                weather.accept(arena, random);
                Arena.pass(LASTING);
                Arena.await("a fault", () -> arena.faults() > 0 || name.equals(NONE));
              });
        });
  }

  private static BiConsumer<Arena, Random> everywhere(List<Fate> queue, List<Fate> store) {
    return (arena, random) -> set(arena, 0.1 + random.nextDouble() * 0.6, queue, store, random);
  }

  /** The generator's own way has the same weather: its tries again are part of the load. */
  private static void set(
      Arena arena, double rate, List<Fate> queue, List<Fate> store, Random random) {
    arena.queueProxy().set(Weather.of(rate, queue, random));
    arena.storeProxy().set(Weather.of(rate, store, random));
    arena.senderProxy().set(Weather.of(rate / 2, queue, random));
  }

  private static void hang(Arena arena, Random random) {
    List<Fate> hanging = List.of(HANG, HANGING_ANSWER);
    arena.queueProxy().set(Weather.of(HANGING_RATE, hanging, random));
    arena.storeProxy().set(Weather.of(HANGING_RATE, hanging, random));
  }

  static void outage(FaultProxy proxy, Random random) {
    List<Fate> down =
        random.nextBoolean()
            ? List.of(Fate.RESET)
            : List.of(Fate.UNAVAILABLE, Fate.RESET, Fate.hang(SLOW));
    proxy.set(Weather.of(1, down, random));
  }
}
