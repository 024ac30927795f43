package dev.wadi.crash.run;

import dev.wadi.Application;
import dev.wadi.crash.check.LakeCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.ops.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Wadi in this JVM, once or several times, which is quicker than processes of its own; it can be
 * neither killed nor paused.
 */
final class WadiHere implements Subject {

  /** Its log, in the folder of the run. */
  static final String LOG = "wadi.log";

  private static final Duration DRAIN = Duration.ofMinutes(2);

  private final Arena arena;
  private final Map<String, String> settings;
  private final List<Clock> clocks;
  private final PrintStream console = System.err;
  private final List<Application> running = new ArrayList<>();

  private WadiHere(Arena arena, Map<String, String> settings, List<Clock> clocks) {
    this.arena = arena;
    this.settings = settings;
    this.clocks = clocks;
  }

  /** The only writer of its lake. */
  static WadiHere alone(Arena arena) {
    return new WadiHere(arena, WadiSettings.of(arena), List.of(Clock.systemUTC()));
  }

  /** Several that share a lake and a table of claims, each by a clock of its own. */
  static WadiHere several(Arena arena, List<Clock> clocks) {
    return new WadiHere(arena, WadiSettings.shared(arena), clocks);
  }

  @Override
  public void start() throws Exception {
    // the log goes wherever System.err does
    System.setErr(new PrintStream(arena.folder().resolve(LOG).toFile(), "UTF-8"));
    for (Clock clock : clocks) {
      Path data = arena.folder().resolve("data-" + running.size());
      Application wadi =
          new Application(Settings.load("aws", settings, null), data, null, null, null, clock);
      running.add(wadi);
      wadi.start();
    }
  }

  @Override
  public void keepAlive() {
    // it ends only with this JVM
  }

  @Override
  public void stop() {
    while (!running.isEmpty()) {
      if (!running.get(0).drain(DRAIN)) {
        throw new IllegalStateException("wadi has not drained within " + DRAIN);
      }
      running.remove(0).close();
    }
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
    running.forEach(Application::close);
    System.err.close();
    System.setErr(console);
  }
}
