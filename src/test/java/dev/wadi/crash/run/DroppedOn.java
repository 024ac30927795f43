package dev.wadi.crash.run;

import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Wadi in a process of its own, that gets its load as objects of a bucket. */
final class DroppedOn implements Subject {

  private final WadiProcesses wadi;
  private final Dropper dropper;

  DroppedOn(Arena arena, Random random) {
    String queue = arena.another("drops");
    wadi =
        WadiProcesses.alone(
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

  WadiProcesses processes() {
    return wadi;
  }

  @Override
  public void start() throws Exception {
    wadi.start();
  }

  @Override
  public void keepAlive() throws Exception {
    wadi.keepAlive();
  }

  @Override
  public void stop() throws Exception {
    wadi.stop();
  }

  @Override
  public Duration lag() {
    return wadi.lag();
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return wadi.check(copy, sent);
  }

  @Override
  public void close() throws IOException {
    dropper.close();
    wadi.close();
  }
}
