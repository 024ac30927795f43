package dev.wadi.crash.run;

import java.io.IOException;
import java.util.Map;
import java.util.Random;

/** Wadi in a process of its own, that gets its load as objects of a bucket. */
final class DroppedOn extends WadiProcesses {

  private final Dropper dropper;

  private DroppedOn(Arena arena, String queue, Random random) {
    super(
        arena,
        Map.of(
            "wadi.intake.queue",
            arena.another("unused"),
            "wadi.intake.drops.queue",
            queue,
            // so that most objects have several parts
            "wadi.intake.drops.part-events",
            "3"));
    dropper = new Dropper(arena, "raw-" + arena.bucket(), queue, random);
  }

  static DroppedOn of(Arena arena, Random random) {
    return new DroppedOn(arena, arena.another("drops"), random);
  }

  @Override
  public void close() throws IOException {
    dropper.close();
    super.close();
  }
}
