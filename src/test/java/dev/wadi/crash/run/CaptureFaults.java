package dev.wadi.crash.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What happens while a load comes in as rows of a table, whose changes are captured. */
final class CaptureFaults {

  private static final Set<Contender> WADI = Set.of(Contender.WADI);

  /** Where the slot's position and what has landed differ. */
  private static final List<String> POINTS =
      List.of(
          "claimed",
          "published",
          "committed",
          "confirmed",
          "acknowledging-postgres",
          "acknowledged-postgres");

  private CaptureFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    POINTS.forEach(point -> faults.add(killAt(point)));
    faults.add(fault("postgres-kill", CaptureFaults::killAtRandom));
    faults.add(fault("postgres-down", CaptureFaults::outage));
    return faults;
  }

  private interface Story {
    void happen(CapturedFrom subject, Random random) throws Exception;
  }

  private static Fault fault(String name, Story story) {
    return Fault.ofOne(
        name,
        WADI,
        (contender, arena, random) -> {
          CapturedFrom subject = new CapturedFrom(arena);
          return new Ordeal(subject, subject::start, () -> story.happen(subject, random));
        });
  }

  private static Fault killAt(String point) {
    return Fault.ofOne(
        "postgres-kill-at-point@" + point,
        WADI,
        (contender, arena, random) -> {
          CapturedFrom subject = new CapturedFrom(arena);
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

  private static void killAtRandom(CapturedFrom subject, Random random) throws Exception {
    for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
      Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
      subject.processes().kill(0);
      subject.start();
    }
  }

  /** For as long as it takes until Wadi has said so. */
  private static void outage(CapturedFrom subject, Random random) throws Exception {
    Arena.pass(Duration.ofMillis(300 + random.nextInt(1500)));
    subject.server().stop();
    subject
        .processes()
        .process(0)
        .awaitError(line -> line.contains("can't read, and tries again"), "the outage");
    subject.server().resume();
  }
}
