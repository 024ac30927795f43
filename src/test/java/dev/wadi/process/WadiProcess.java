package dev.wadi.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A real {@code java -jar target/wadi.jar}, or another main class in a JVM of its own, to be
 * watched, paused, stopped and killed.
 */
public final class WadiProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(300);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

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
    // most of them live for seconds, which thorough compiling would take from the other processes
    return start(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1"), environment, arguments);
  }

  /**
   * Starts the packaged jar with the options of a JVM that its users have: to measure it.
   *
   * @param environment added to this process's own
   */
  public static WadiProcess startAsUsersDo(Map<String, String> environment, String... arguments) {
    return start(List.of(), environment, arguments);
  }

  private static WadiProcess start(
      List<String> options, Map<String, String> environment, String... arguments) {
    Path jar = Path.of("target", "wadi.jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new AssertionError("there is no " + jar + ": run through ./mvnw verify");
    }
    List<String> program = new ArrayList<>(archived(jar));
    program.addAll(options);
    program.addAll(List.of("-jar", jar.toString()));
    return java(environment, program, arguments);
  }

  /**
   * Starts another program of this JVM's class path.
   *
   * @param environment added to this process's own
   */
  public static WadiProcess startMain(
      Class<?> main, Map<String, String> environment, String... arguments) {
    String classPath = System.getProperty("java.class.path");
    return java(
        environment,
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            main.getName()),
        arguments);
  }

  private static List<String> archived(Path jar) {
    try {
      return ClassArchive.options(JAVA, jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static WadiProcess java(
      Map<String, String> environment, List<String> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA.toString());
    command.addAll(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // on a busy machine what is under way may take longer than a user would wait
    builder.environment().put("WADI_SHUTDOWN_TIMEOUT", "120s");
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
      if (!process.isAlive()) {
        joinReaders();
      }
      if ((!process.isAlive() && errors.stream().noneMatch(line)) || System.nanoTime() > end) {
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
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end:\n" + log());
    }
    joinReaders();
    return process.exitValue();
  }

  private void joinReaders() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(PATIENCE.toMillis());
    }
  }

  /** Stops it where it is, as {@code kill -STOP} does: it lives on and does nothing. */
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on where it was paused. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Writes a line to its standard input. */
  public void say(String line) throws IOException {
    Writer input = process.outputWriter(StandardCharsets.UTF_8);
    input.write(line + "\n");
    input.flush();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** The number that the system knows it by, and its commits name. */
  public long pid() {
    return process.pid();
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
    process.destroyForcibly().onExit().join();
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
