package dev.wadi.crash.run;

import dev.wadi.crash.check.PlainCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.control.StockRoute;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.Servers;
import dev.wadi.process.WadiProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The control in a process of its own. */
final class ControlProcess extends Processes {

  ControlProcess(Arena arena) {
    super(arena);
  }

  @Override
  WadiProcess launch(int number, Map<String, String> environment, String... arguments) {
    Map<String, String> variables = new TreeMap<>(Servers.credentials());
    variables.putAll(environment);
    return WadiProcess.startMain(
        StockRoute.class,
        variables,
        arena().queueProxy().endpoint().toString(),
        arena().storeProxy().endpoint().toString(),
        arena().queue(),
        arena().bucket());
  }

  @Override
  public Duration lag() {
    return Duration.ofMillis(3 * StockRoute.MOST_MILLIS);
  }

  @Override
  public Verdict check(Path copy, Sent sent) throws Exception {
    return PlainCheck.of(copy, sent);
  }
}
