package dev.wadi.crash.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens while a load comes in as rows of a table, whose changes are captured. */
final class CaptureFaults {

  /** Where the slot's position and what has landed differ. */
  private static final List<String> POINTS =
      List.of(
          "claimed",
          "published",
          "committed",
          "confirmed",
          "acknowledging-postgres",
          "acknowledged-postgres");

  private static final SourceFaults<CapturedFrom> POSTGRES =
      new SourceFaults<>("postgres", (arena, random) -> CapturedFrom.of(arena));

  private CaptureFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(POSTGRES.killAt(POINTS));
    faults.add(POSTGRES.kill());
    faults.add(POSTGRES.fault("down", CaptureFaults::outage));
    return faults;
  }

  /** For as long as it takes until Wadi has said so. */
  private static void outage(Arena arena, CapturedFrom wadi, Random random) throws Exception {
    SourceFaults.passSome(random);
    wadi.server().stop();
    wadi.process(0).awaitError(line -> line.contains("can't read, and tries again"), "the outage");
    wadi.server().resume();
  }
}
