package dev.wadi.crash.run;

import dev.wadi.crash.faults.Fate;
import dev.wadi.crash.faults.Weather;
import dev.wadi.process.PublicApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What happens while a load comes in as the pages of an API: each item must land, and once. */
final class PollFaults {

  /** From an answer of the API to the note of what was read. */
  private static final List<String> POINTS =
      List.of(
          "poll-answered:3",
          "poll-stored",
          "poll-stored:3",
          "poll-swept:3",
          "poll-saved:2",
          "published",
          "acknowledging");

  private static final SourceFaults<PolledWadi> POLL = new SourceFaults<>("poll", PolledWadi::of);

  private PollFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(POLL.killAt(POINTS));
    faults.add(POLL.kill());
    faults.add(POLL.fault("server-down", PollFaults::serverDown));
    faults.add(POLL.fault("reset", (arena, wadi, random) -> weather(wadi, Fate.RESET, random)));
    faults.add(
        POLL.fault(
            "lost-answer", (arena, wadi, random) -> weather(wadi, Fate.LOST_ANSWER, random)));
    faults.add(POLL.fault("limited", PollFaults::limited));
    faults.add(POLL.fault("store-down", PollFaults::storeDown));
    return faults;
  }

  private static void serverDown(Arena arena, PolledWadi wadi, Random random) throws Exception {
    NetworkFaults.outage(wadi.proxy(), random);
    end(wadi, Run.LOADING.plusMillis(500));
  }

  private static void weather(PolledWadi wadi, Fate fate, Random random) throws Exception {
    wadi.proxy().set(Weather.of(0.2 + random.nextDouble() / 2, List.of(fate), random));
    end(wadi, Run.LOADING.plusMillis(500));
  }

  private static void end(PolledWadi wadi, Duration after) {
    Arena.pass(after);
    Arena.await("a fault", () -> wadi.proxy().faults() > 0);
    wadi.proxy().set(Weather.CLEAR);
  }

  /** It is asked too often, by its own account; and killed over that, perhaps. */
  private static void limited(Arena arena, PolledWadi wadi, Random random) throws Exception {
    for (int times = 2 + random.nextInt(4); times > 0; times--) {
      int before = wadi.api().asked().size();
      wadi.api()
          .fail(
              random.nextBoolean()
                  ? PublicApi.answer(429, Map.of("Retry-After", "1"), "")
                  : PublicApi.answer(
                      403, Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1"), ""));
      Arena.await("a request", () -> wadi.api().asked().size() > before);
      if (random.nextInt(3) == 0) {
        wadi.kill(0);
        wadi.start();
      }
    }
  }

  private static void storeDown(Arena arena, PolledWadi wadi, Random random) throws Exception {
    NetworkFaults.outage(arena.storeProxy(), random);
    Arena.pass(Run.LOADING.plusMillis(500));
    Arena.await("a fault", () -> arena.faults() > 0);
  }
}
