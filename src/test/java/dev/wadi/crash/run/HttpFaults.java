package dev.wadi.crash.run;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What happens to a process that takes events by HTTP: every 202 must be accounted for, once. */
final class HttpFaults {

  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  /** On the way into the log, and of what was read from it. */
  private static final List<String> POINTS =
      List.of(
          "http-synced",
          "http-synced:9",
          "http-answered",
          "http-answered:5",
          "claimed",
          "published-one",
          "committed",
          "confirmed");

  private HttpFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    POINTS.forEach(point -> faults.add(killAt(point)));
    faults.add(fault("http-kill", HttpFaults::killAtRandom));
    faults.add(fault("http-lost-answer", HttpFaults::loseAnswers));
    faults.add(fault("http-terminate", HttpFaults::terminate));
    return faults;
  }

  private interface Story {
    void happen(PostedWadi wadi, Random random) throws Exception;
  }

  private static Fault fault(String name, Story story) {
    return Fault.ofOne(
        name,
        WADI,
        (contender, arena, random) -> {
          PostedWadi wadi = new PostedWadi(arena);
          return new Ordeal(wadi, wadi::start, () -> story.happen(wadi, random));
        });
  }

  private static Fault killAt(String point) {
    return Fault.ofOne(
        "http-kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          PostedWadi wadi = new PostedWadi(arena);
          return new Ordeal(
              wadi,
              () -> wadi.processes().start(0, Map.of("WADI_FAILPOINT", point)),
              () -> {
                wadi.processes()
                    .process(0)
                    .awaitError(line -> line.startsWith("failpoint"), "the failpoint " + point);
                wadi.processes().kill(0);
                wadi.start();
              });
        });
  }

  private static void killAtRandom(PostedWadi wadi, Random random) throws Exception {
    for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
      Arena.pass(Duration.ofMillis(200 + random.nextInt(1200)));
      wadi.processes().kill(0);
      wadi.start();
    }
  }

  /** What was done is sent again, and it is killed over that. */
  private static void loseAnswers(PostedWadi wadi, Random random) throws Exception {
    wadi.set(
        Weather.of(0.2 + random.nextDouble() / 2, List.of(Fate.LOST_ANSWER, Fate.RESET), random));
    Arena.pass(Duration.ofMillis(500 + random.nextInt(1500)));
    wadi.processes().kill(0);
    wadi.start();
    Arena.pass(Duration.ofMillis(random.nextInt(1000)));
    wadi.set(Weather.CLEAR);
  }

  private static void terminate(PostedWadi wadi, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    wadi.processes().terminate(0);
    wadi.start();
  }
}
