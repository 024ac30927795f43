package dev.wadi.crash.run;

import dev.wadi.crash.check.LakeCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.Servers;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The packaged application in processes of its own. */
final class WadiProcesses extends Processes {

  /** It lives for seconds, so compiling well doesn't pay. */
  private static final String QUICK_START =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable";

  private final Map<String, String> settings;

  private WadiProcesses(Arena arena, Map<String, String> settings) {
    super(arena);
    this.settings = WadiSettings.asEnvironment(settings);
  }

  /** The only writer of its lake. */
  static WadiProcesses alone(Arena arena) {
    return new WadiProcesses(arena, WadiSettings.of(arena));
  }

  /** Several that share a lake and a table of claims. */
  static WadiProcesses several(Arena arena) {
    return new WadiProcesses(arena, WadiSettings.shared(arena));
  }

  @Override
  WadiProcess launch(int number, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>(settings);
    variables.putAll(Servers.credentials());
    variables.put("JDK_JAVA_OPTIONS", QUICK_START);
    variables.putAll(environment);
    return WadiProcess.start(
        variables, "run", "--profile", "aws", "--data", data(number).toString());
  }

  /** Where a process keeps its state. */
  Path data(int number) {
    return arena().folder().resolve("data-" + number);
  }

  @Override
  public Duration lag() {
    return Duration.ZERO;
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return LakeCheck.of(copy, sent);
  }
}
