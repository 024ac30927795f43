package dev.wadi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real {@code java -jar target/wadi.jar}, to be watched, stopped and killed. */
public final class WadiProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private WadiProcess(Process process) {
    this.process = process;
    read(process.errorReader(StandardCharsets.UTF_8), errors);
    read(process.inputReader(StandardCharsets.UTF_8), output);
  }

  /**
   * Starts the packaged jar.
   *
   * @param environment added to this process's own
   */
  public static WadiProcess start(Map<String, String> environment, String... arguments) {
    Path jar = Path.of("target", "wadi.jar").toAbsolutePath();
    assertThat(jar).as("the packaged jar; run through ./mvnw verify").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    try {
      return new WadiProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a line on standard error. */
  public void awaitError(Predicate<String> line, String what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (errors.stream().noneMatch(line)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError(
            "no sign of "
                + what
                + (process.isAlive() ? "" : ", and the process has ended")
                + ":\n"
                + log());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop as {@code kill} and Ctrl-C do; returns the exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return waitFor();
  }

  /** Gives it so much time; it need not end. */
  public void awaitExit(Duration atMost) throws InterruptedException {
    process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until it has ended by itself, and all that it said is here. */
  public int waitFor() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the process ends:\n%s", log())
        .isTrue();
    for (Thread reader : readers) {
      reader.join(PATIENCE.toMillis());
    }
    return process.exitValue();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The lines on standard output so far. */
  public List<String> output() {
    return List.copyOf(output);
  }

  /** The lines on standard error so far. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** The last lines of both, for a failed assertion. */
  public String log() {
    int from = Math.max(0, errors.size() - 60);
    return String.join("\n", errors.subList(from, errors.size()))
        + "\n--\n"
        + String.join("\n", output);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read(BufferedReader reader, List<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader source = reader) {
                source.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException e) {
                lines.add("(the stream broke: " + e.getMessage() + ")");
              }
            });
    thread.setDaemon(true);
    thread.start();
    readers.add(thread);
  }
}
