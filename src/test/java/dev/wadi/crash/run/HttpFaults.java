package dev.wadi.crash.run;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to a process that takes events by HTTP: every 202 must be accounted for, once. */
final class HttpFaults {

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

  private static final SourceFaults<PostedWadi> HTTP =
      new SourceFaults<>("http", (arena, random) -> PostedWadi.of(arena));

  private HttpFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(HTTP.killAt(POINTS));
    faults.add(HTTP.kill());
    faults.add(HTTP.fault("lost-answer", HttpFaults::loseAnswers));
    faults.add(HTTP.terminate());
    return faults;
  }

  /** What was done is sent again, and it is killed over that. */
  private static void loseAnswers(Arena arena, PostedWadi wadi, Random random) throws Exception {
    wadi.set(
        Weather.of(0.2 + random.nextDouble() / 2, List.of(Fate.LOST_ANSWER, Fate.RESET), random));
    Arena.pass(Duration.ofMillis(500 + random.nextInt(1500)));
    wadi.kill(0);
    wadi.start();
    Arena.pass(Duration.ofMillis(random.nextInt(1000)));
    wadi.set(Weather.CLEAR);
  }
}
