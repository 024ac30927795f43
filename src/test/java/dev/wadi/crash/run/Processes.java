package dev.wadi.crash.run;

import dev.wadi.process.WadiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A subject in one or several processes of its own, each of which a fault can kill, stop, pause and
 * start again. A process is told by its number, from 0 on.
 */
abstract class Processes implements Subject {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Arena arena;
  private final Map<Integer, WadiProcess> running = new HashMap<>();
  private final List<String> logs = new ArrayList<>();

  Processes(Arena arena) {
    this.arena = arena;
  }

  /** Starts a process and doesn't wait for it. */
  abstract WadiProcess launch(int number, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException;

  Arena arena() {
    return arena;
  }

  /**
   * Starts one and returns when it receives.
   *
   * @param environment what more it has in its environment
   * @param arguments what more stands on its command line
   */
  void start(int number, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    running.put(number, launch(number, environment, arguments));
    process(number).awaitError(line -> line.startsWith("ready"), "readiness");
  }

  /** Starts one and doesn't wait for it. */
  void begin(int number, Map<String, String> environment) throws IOException, InterruptedException {
    running.put(number, launch(number, environment));
  }

  WadiProcess process(int number) {
    return running.get(number);
  }

  /** Waits until one stands at the failpoint that it was started with. */
  void awaitFailpoint(int number, String point) throws InterruptedException {
    process(number).awaitError(line -> line.startsWith("failpoint"), "the failpoint " + point);
  }

  /** Kills one as {@code kill -9} does. */
  void kill(int number) throws InterruptedException {
    process(number).kill();
    end(number);
  }

  /** Stops one as {@code kill} does, and waits until it has ended. */
  void terminate(int number) throws InterruptedException {
    process(number).terminate();
    end(number);
  }

  @Override
  public void start() throws IOException, InterruptedException {
    start(0, Map.of());
  }

  @Override
  public void keepAlive() throws IOException, InterruptedException {
    for (int number : List.copyOf(running.keySet())) {
      if (!process(number).isAlive()) {
        end(number);
        start(number, Map.of());
      }
    }
    if (running.isEmpty()) {
      start();
    }
  }

  @Override
  public void stop() throws InterruptedException {
    for (int number : List.copyOf(running.keySet())) {
      terminate(number);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (int number : List.copyOf(running.keySet())) {
        kill(number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.write(arena.folder().resolve("processes.log"), logs);
  }

  private void end(int number) throws InterruptedException {
    WadiProcess ended = running.remove(number);
    ended.awaitExit(PATIENCE);
    logs.add("process " + number);
    logs.addAll(ended.errors());
  }
}
