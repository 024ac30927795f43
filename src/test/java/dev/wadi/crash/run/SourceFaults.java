package dev.wadi.crash.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Faults of Wadi in a process of its own, whose load comes in by another source than its queue.
 *
 * @param <W> what is put through them
 */
final class SourceFaults<W extends WadiProcesses> {

  /** What happens while a load comes in. */
  @FunctionalInterface
  interface Story<W> {
    void happen(Arena arena, W wadi, Random random) throws Exception;
  }

  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  private final String source;
  private final BiFunction<Arena, Random, W> subject;

  /**
   * @param source how the names of the faults begin
   */
  SourceFaults(String source, BiFunction<Arena, Random, W> subject) {
    this.source = source;
    this.subject = subject;
  }

  Fault fault(String name, Story<W> story) {
    return Fault.ofOne(
        source + "-" + name,
        WADI,
        (contender, arena, random) -> {
          W wadi = subject.apply(arena, random);
          return new Ordeal(wadi, wadi::start, () -> story.happen(arena, wadi, random));
        });
  }

  /** Killed where it stands at each of these failpoints, and started again. */
  List<Fault> killAt(List<String> points) {
    return points.stream().map(this::killAt).toList();
  }

  private Fault killAt(String point) {
    return Fault.ofOne(
        source + "-kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          W wadi = subject.apply(arena, random);
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

  /** Killed up to three times, whenever. */
  Fault kill() {
    return fault(
        "kill",
        (arena, wadi, random) -> {
          for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
            passSome(random);
            wadi.kill(0);
            wadi.start();
          }
        });
  }

  /** Stopped in good order while the load comes in, and started again. */
  Fault terminate() {
    return fault(
        "terminate",
        (arena, wadi, random) -> {
          passSome(random);
          wadi.terminate(0);
          wadi.start();
        });
  }

  /** Lets a part of the load come in. */
  static void passSome(Random random) {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
  }
}
