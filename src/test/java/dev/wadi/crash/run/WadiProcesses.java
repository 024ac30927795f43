package dev.wadi.crash.run;

import dev.wadi.crash.check.LakeCheck;
import dev.wadi.crash.check.Verdict;
import dev.wadi.crash.load.Sent;
import dev.wadi.process.Servers;
import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The packaged application in processes of its own. */
class WadiProcesses extends Processes {

  private final Map<String, String> settings;

  /**
   * The only writer of its lake.
   *
   * @param others settings of its own
   */
  WadiProcesses(Arena arena, Map<String, String> others) {
    this(arena, WadiSettings.of(arena), others);
  }

  private WadiProcesses(Arena arena, Map<String, String> settings, Map<String, String> others) {
    super(arena);
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(others);
    this.settings = WadiSettings.asEnvironment(all);
  }

  /** The only writer of its lake. */
  static WadiProcesses alone(Arena arena) {
    return new WadiProcesses(arena, Map.of());
  }

  /** Several that share a lake and a table of claims. */
  static WadiProcesses several(Arena arena) {
    return new WadiProcesses(arena, WadiSettings.shared(arena), Map.of());
  }

  @Override
  WadiProcess launch(int number, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(List.of(arguments));
    return command(number, environment, command);
  }

  /** Sends every dead letter that is in the lake to the queue again; false if there is none. */
  boolean replayAll() throws IOException, InterruptedException {
    try (WadiProcess replay = command(0, Map.of(), List.of("dead-letters", "replay", "--all"))) {
      boolean sent = replay.waitFor() == 0;
      if (!sent
          && replay.errors().stream()
              .noneMatch(line -> line.contains("no dead letter is chosen"))) {
        throw new IllegalStateException("the replay failed:\n" + replay.log());
      }
      return sent;
    }
  }

  /** What {@code wadi verify} prints of the lake, which it must find in order. */
  List<String> verify() throws IOException, InterruptedException {
    try (WadiProcess verify = command(0, Map.of(), List.of("verify"))) {
      if (verify.waitFor() != 0) {
        throw new IllegalStateException("the lake is not in order:\n" + verify.log());
      }
      return verify.output();
    }
  }

  private WadiProcess command(int number, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Map<String, String> variables = new TreeMap<>(settings);
    variables.putAll(Servers.credentials());
    variables.putAll(QuickStart.environment());
    variables.putAll(environment);
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--profile", "aws", "--data", data(number).toString()));
    return WadiProcess.start(variables, command.toArray(String[]::new));
  }

  private Path data(int number) {
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
