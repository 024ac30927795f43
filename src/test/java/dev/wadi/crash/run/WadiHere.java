package dev.wadi.crash.run;

import dev.wadi.Application;
import dev.wadi.crash.check.LakeCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.ops.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Wadi in this JVM, which is quicker than a process of its own; it can be neither killed nor
 * paused.
 */
final class WadiHere implements Subject {

  private static final Duration DRAIN = Duration.ofSeconds(30);

  private final Arena arena;
  private final PrintStream console = System.err;
  private Application wadi;

  WadiHere(Arena arena) {
    this.arena = arena;
  }

  @Override
  public void start() throws Exception {
    // the log goes wherever System.err does
    System.setErr(new PrintStream(arena.folder().resolve("wadi.log").toFile(), "UTF-8"));
    wadi =
        new Application(
            Settings.load("aws", WadiSettings.of(arena), null),
            arena.folder().resolve("data"),
            null,
            null);
    wadi.start();
  }

  @Override
  public void keepAlive() {
    // it ends only with this JVM
  }

  @Override
  public void stop() {
    if (!wadi.drain(DRAIN)) {
      throw new IllegalStateException("wadi has not drained within " + DRAIN);
    }
    wadi.close();
    wadi = null;
  }

  @Override
  public Duration lag() {
    return Duration.ZERO;
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return LakeCheck.of(copy, sent);
  }

  @Override
  public void close() {
    if (wadi != null) {
      wadi.close();
    }
    System.err.close();
    System.setErr(console);
  }
}
